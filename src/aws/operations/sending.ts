import type { Answer, Operation } from '../../runner/operation.ts';
import type { WireInput } from '../../runner/wire-input.ts';
import { awsFault } from '../aws-fault.ts';
import { toWire, without } from '../wire.ts';

type Answered = { readonly $metadata: { readonly requestId?: string | undefined } };

/** One attempt of one call. The input is what was planned, approved and digested, to the letter. */
export function sending(operation: string, call: (input: WireInput) => Promise<Answered>): Operation['send'] {
  return async function send(input): Promise<Answer> {
    try {
      const answer = await call(input);
      return { requestId: answer.$metadata.requestId, output: without(toWire(answer), '$metadata') };
    } catch (error) {
      throw awsFault(operation, error, 'writes');
    }
  };
}

/** The SDK's type of an input that a plan holds as plain JSON. SageMaker itself checks it, and again on approval. */
export function planned<T>(input: WireInput): T {
  return input as unknown as T;
}

/** A member of an input that has to be a name. */
export function nameIn(input: WireInput, member: string): string {
  return String(input[member] ?? '');
}
