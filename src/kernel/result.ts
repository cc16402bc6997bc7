/** What an act answers: a value, or a refusal that is meant for a person. Faults of the world are thrown instead. */
export type Result<T, R> = Accepted<T> | Refused<R>;
export type Accepted<T> = { readonly ok: true; readonly value: T };
export type Refused<R> = { readonly ok: false; readonly refusal: R };

export function accept<T>(value: T): Accepted<T> {
  return { ok: true, value };
}

export function refuse<R>(refusal: R): Refused<R> {
  return { ok: false, refusal };
}
