/**
 * Solves A x = b for a symmetric positive definite A by Cholesky's method.
 * @param matrix A, row by row; only its lower triangle is read, and it is overwritten
 * @param right b; overwritten by x, which is also returned
 * @throws {RangeError} when A is not positive definite
 * @see Golub and Van Loan, Matrix Computations, 4.2.5
 * @example solveCholesky(Float64Array.of(4, 2, 2, 3), Float64Array.of(2, 1)) // 0.5, 0
 */
export function solveCholesky(matrix: Float64Array, right: Float64Array): Float64Array {
  factor(matrix, right.length);
  return backward(matrix, forward(matrix, right));
}

/** Overwrites the lower triangle of A by L, with A = L times its transpose. */
function factor(matrix: Float64Array, n: number): void {
  for (let j = 0; j < n; j += 1) {
    for (let i = j; i < n; i += 1) {
      const rest = (matrix[i * n + j] as number) - rowProduct({ matrix, n, i, j });
      if (i === j && !(rest > 0)) throw new RangeError('solveCholesky: the matrix is not positive definite');
      matrix[i * n + j] = i === j ? Math.sqrt(rest) : rest / (matrix[j * n + j] as number);
    }
  }
}

/** The product of the first j entries of rows i and j. */
function rowProduct({ matrix, n, i, j }: { matrix: Float64Array; n: number; i: number; j: number }): number {
  let sum = 0;
  for (let k = 0; k < j; k += 1) sum += (matrix[i * n + k] as number) * (matrix[j * n + k] as number);
  return sum;
}

function forward(lower: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  for (let i = 0; i < n; i += 1) {
    let rest = right[i] as number;
    for (let k = 0; k < i; k += 1) rest -= (lower[i * n + k] as number) * (right[k] as number);
    right[i] = rest / (lower[i * n + i] as number);
  }
  return right;
}

function backward(lower: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  for (let i = n - 1; i >= 0; i -= 1) {
    let rest = right[i] as number;
    for (let k = i + 1; k < n; k += 1) rest -= (lower[k * n + i] as number) * (right[k] as number);
    right[i] = rest / (lower[i * n + i] as number);
  }
  return right;
}
