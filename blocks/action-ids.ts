/** Every button and menu that a card may draw. Each has a row in the door table; a test holds the two together. */
export const actionIds = [
  'change.ask',
  'change.approve',
  'change.reject',
  'change.withdraw',
  'change.abort',
  'change.roll-back',
  'change.discard',
  'incident.acknowledge',
  'incident.resolve',
  'incident.reopen',
  'incident.timeline',
  'inbox.replay',
  'shadow.status',
  'shadow.stop',
  'shadow.promote',
  'audit.older',
  'audit.verify',
  'answer.help',
] as const;
export type ActionId = (typeof actionIds)[number];

/** Forms, by callback id. */
export const viewIds = ['change.reject', 'incident.resolve'] as const;
export type ViewId = (typeof viewIds)[number];
