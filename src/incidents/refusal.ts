/** Why a press on an incident did nothing. */
export type IncidentRefusal =
  | { readonly kind: 'unknown-incident'; readonly id: string }
  | { readonly kind: 'already-acknowledged'; readonly id: string; readonly by: string; readonly at: number }
  | { readonly kind: 'already-resolved'; readonly id: string; readonly how: string; readonly at: number }
  | { readonly kind: 'not-resolved'; readonly id: string };
