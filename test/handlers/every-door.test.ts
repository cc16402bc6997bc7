import { describe, expect, it } from 'vitest';
import { actions, commands, forms } from '../../handlers/index.ts';
import type { Role } from '../../src/access/person.ts';
import { openDoorstep, personWith, words } from './doorstep.ts';

/** What is typed behind a verb so that its door is gone through to the act. */
const wordsBehind: Readonly<Record<string, string>> = {
  status: 'promo',
  versions: 'promo',
  audit: 'promo',
  deploy: 'promo 2',
  promote: 'promo',
  rollback: 'promo',
  shadow: 'start promo 2',
};

/** Help asks nothing of the bot: it is its own act. */
const actless = ['/model help', 'answer.help'];

type Knocking = (doorstep: ReturnType<typeof openDoorstep>, user: string) => Promise<unknown>;
type Door = { readonly name: string; readonly role: Role; readonly knock: Knocking };

const everyDoor: readonly Door[] = [
  ...Object.entries(commands).map(([verb, { role }]) => ({
    name: `/model ${verb}`,
    role,
    knock: (({ type }, user) => type(`${verb} ${wordsBehind[verb] ?? ''}`, user)) satisfies Knocking,
  })),
  ...Object.entries(actions).map(([action, { role }]) => ({
    name: action,
    role,
    knock: (({ press }, user) => press(action, user)) satisfies Knocking,
  })),
  ...Object.entries(forms).map(([form, { role }]) => ({
    name: form,
    role,
    knock: (({ send }, user) => send(form, user, { values: { reason: 'Not before Monday.' } })) satisfies Knocking,
  })),
];

describe('whoever has the role of a door gets through it', () => {
  it.each(everyDoor)('$name, a $role', async ({ name, role, knock }) => {
    const doorstep = openDoorstep();
    await knock(doorstep, personWith[role]);
    expect(doorstep.refusals).toEqual([]);
    expect(doorstep.troubles).toEqual([]);
    expect(doorstep.acts).toHaveLength(actless.includes(name) ? 0 : 1);
  });
});

describe('a viewer gets through the doors that only read', () => {
  it.each(everyDoor)('$name, which needs a $role', async ({ name, role, knock }) => {
    const doorstep = openDoorstep();
    const answer = await knock(doorstep, personWith.viewer);
    if (role === 'viewer') return expect(doorstep.refusals).toEqual([]);
    expect(doorstep.acts).toEqual([]);
    expect(doorstep.formsOpened).toEqual([]);
    expect(doorstep.refusals).toEqual([`U0VIC at ${name} of ${modelAt(name)}: no-role (R1)`]);
    expect(told(doorstep, answer)).toMatch(new RegExp(`It needs the role ${role}. You are viewer.`));
  });
});

describe('a guest gets through no door', () => {
  it.each(everyDoor)('$name', async ({ name, knock }) => {
    const doorstep = openDoorstep();
    const answer = await knock(doorstep, 'U0GUS');
    expect(doorstep.acts).toEqual([]);
    expect(doorstep.formsOpened).toEqual([]);
    expect(doorstep.refusals).toEqual([`U0GUS at ${name} of ${modelAt(name)}: not-a-member (R1)`]);
    expect(told(doorstep, answer)).toMatch(/Your account is a guest here/);
  });
});

describe('each role opens its own doors', () => {
  const rolesOfDoors = Object.fromEntries(everyDoor.map(({ name, role }) => [name, role]));

  it('what changes something needs more than looking', () => {
    const reading = Object.keys(rolesOfDoors).filter((name) => rolesOfDoors[name] === 'viewer');
    expect(reading.sort()).toEqual([
      '/model alerts',
      '/model audit',
      '/model help',
      '/model status',
      '/model versions',
      'answer.help',
      'audit.older',
      'audit.verify',
      'incident.timeline',
      'shadow.status',
    ]);
  });

  it('a yes and a no to a change are the approvers’ alone', () => {
    const theirs = Object.keys(rolesOfDoors).filter((name) => rolesOfDoors[name] === 'approver');
    expect(theirs.sort()).toEqual(['change.approve', 'change.reject']);
  });

  it.each([
    ['deployer', 'change.approve'],
    ['approver', 'change.ask'],
    ['operator', 'change.roll-back'],
    ['deployer', 'incident.acknowledge'],
    ['admin', 'change.approve'],
    ['admin', 'change.abort'],
  ] as const)('a %s is refused at %s', async (role, action) => {
    const doorstep = openDoorstep();
    await doorstep.press(action, personWith[role]);
    expect(doorstep.acts).toEqual([]);
    expect(doorstep.refusals).toHaveLength(1);
  });

  it.each([
    ['status promo', 'shadow test'],
    ['', ''],
    ['stop promo', undefined],
    ['start promo 2', undefined],
  ])('`/model shadow %s` from a viewer', async (text, act) => {
    const doorstep = openDoorstep();
    await doorstep.type(`shadow ${text}`, personWith.viewer);
    expect(doorstep.acts).toEqual(act ? [act] : []);
    expect(doorstep.refusals).toHaveLength(act === undefined ? 1 : 0);
  });
});

/** Where a model is named or meant, the refusal goes into that model's chain. */
function modelAt(name: string): string {
  if (name === '/model help' || name === '/model alerts') return 'no model';
  return Object.hasOwn(actions, name) && actions[name]?.subject === 'none' ? 'no model' : 'promo';
}

/** Commands and buttons answer in place; a form has no place, so its answer is whispered. */
function told({ whispers }: ReturnType<typeof openDoorstep>, answer: unknown): string {
  return words(whispers[0] ?? (answer as Parameters<typeof words>[0]));
}
