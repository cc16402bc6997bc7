import { describe, expect, it } from 'vitest';
import { actionIds, viewIds } from '../../blocks/action-ids.ts';
import { actions, forms as formDoors } from '../../handlers/index.ts';
import { pressOf } from '../../handlers/slack-shapes.ts';
import { actionsOf } from './kit/walk.ts';
import { forms, specimens } from './specimens.ts';

const drawn = new Set(specimens.flatMap(({ value }) => actionsOf(value)).filter((action) => action !== 'more'));

/** Doors that no card draws; each with how a person comes to it. */
const reachedOtherwise: readonly string[] = [];

describe('every button has a door', () => {
  it('and its id is known', () => {
    expect([...drawn].filter((action) => !actionIds.includes(action as (typeof actionIds)[number]))).toEqual([]);
  });

  it.each(actionIds)('%s', (action) => {
    expect(Object.keys(actions)).toContain(action);
  });

  it('and every door has a button', () => {
    const unreachable = Object.keys(actions).filter(
      (action) => !drawn.has(action) && !reachedOtherwise.includes(action),
    );
    expect(unreachable).toEqual([]);
  });
});

describe('every form has a door', () => {
  it.each(viewIds)('%s', (view) => {
    expect(Object.keys(formDoors)).toContain(view);
    expect(forms.map(({ value }) => value.callback_id)).toContain(view);
  });
});

describe('a press carries what it is about', () => {
  it('in the button’s value, whatever the version', () => {
    const presses = specimens.flatMap(({ value, mood }) =>
      mood.name === 'nasty'
        ? []
        : value.blocks.flatMap((block) =>
            block.type !== 'actions'
              ? []
              : block.elements.flatMap((each) =>
                  each.type === 'button' && each.action_id !== undefined
                    ? [pressOf({ user: { id: 'U0BO' }, actions: [{ ...each, block_id: block.block_id }] } as never)]
                    : [],
                ),
          ),
    );
    const ids = new Set(presses.map((press) => press?.id));
    expect(ids).toEqual(
      new Set([
        'C212',
        'I87',
        'S31',
        '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
        'employee-promotion',
        'employee-promotion@01k7zzzz',
        'help',
      ]),
    );
  });
});
