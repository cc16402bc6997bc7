/** Why a delivery was not taken. Over HTTPS it is answered and audited; in a queue it is kept as unparsed besides. */
export type TakeRefusal =
  | { readonly kind: 'too-large'; readonly bytes: number }
  | { readonly kind: 'raw-delivery' }
  | { readonly kind: 'not-an-envelope' }
  | { readonly kind: 'foreign-topic'; readonly topic: string }
  | { readonly kind: 'too-old'; readonly ageMs: number }
  | { readonly kind: 'too-new'; readonly aheadMs: number }
  | { readonly kind: 'foreign-certificate'; readonly url: string; readonly because: string }
  | { readonly kind: 'foreign-subscribe-url'; readonly url: string }
  | { readonly kind: 'forged'; readonly because: string };
