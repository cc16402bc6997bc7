/** Why reading a message again led to no incident. */
export type ReplayRefusal =
  | { readonly kind: 'unknown-message'; readonly id: string }
  | { readonly kind: 'still-unparsed'; readonly id: string; readonly name: string; readonly why: string }
  | { readonly kind: 'no-incident'; readonly id: string; readonly name: string; readonly because: string };
