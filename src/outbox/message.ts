/** A drawn message as the outbox carries it: what Slack is told. The faces in `blocks/` make these. */
export type DrawnMessage = { readonly text: string; readonly blocks: readonly { readonly type: string }[] };
