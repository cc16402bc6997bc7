import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/kernel/fault.ts';
import { openDoorstep, words } from './doorstep.ts';

const throttled = new Fault('aws-throttled', 'sagemaker:DescribeEndpoint: ThrottlingException: Rate exceeded', {
  retryable: true,
});

describe('what is in no table', () => {
  it.each(['change.explode', 'constructor', '__proto__', ''])(
    'the button “%s” is answered, and nothing happens',
    async (action) => {
      const doorstep = openDoorstep();
      expect(words(await doorstep.press(action, 'U0ANA'))).toMatch(/this button .* is not in use any more/);
      expect(doorstep.acts).toEqual([]);
      expect(doorstep.troubles).toEqual([]);
    },
  );

  it.each(['explode promo', 'constructor', '__proto__ promo', 'toString'])(
    '`/model %s` is repeated with what to type',
    async (text) => {
      const doorstep = openDoorstep();
      const said = words(await doorstep.type(text, 'U0ANA'));
      expect(said).toMatch(/no verb of that name/);
      expect(said).toContain(`/model ${text}`);
      expect(said).toMatch(/Known: .*deploy.*Next: type \/model help/s);
      expect(doorstep.troubles).toEqual([]);
    },
  );

  it('a form of another time is not answered', async () => {
    const doorstep = openDoorstep();
    await doorstep.send('constructor', 'U0ANA');
    expect([...doorstep.acts, ...doorstep.whispers, ...doorstep.refusals]).toEqual([]);
  });

  it('a guest learns nothing from it', async () => {
    const doorstep = openDoorstep();
    expect(words(await doorstep.type('explode', 'U0GUS'))).not.toMatch(/deploy/);
    expect(words(await doorstep.press('change.explode', 'U0GUS'))).toMatch(/guest/);
    expect(doorstep.refusals).toEqual([
      'U0GUS at /model of no model: not-a-member (R1)',
      'U0GUS at change.explode of no model: not-a-member (R2)',
    ]);
  });

  it.each(['constructor', '__proto__', 'toString'])('the model “%s” is one that nobody knows', async (model) => {
    const doorstep = openDoorstep();
    expect(words(await doorstep.type(`status ${model}`, 'U0VIC'))).toMatch(/no model of that name/);
    expect(words(await doorstep.type(`deploy ${model} 1`, 'U0ANA'))).toMatch(/no model/);
    expect(doorstep.troubles).toEqual([]);
  });
});

describe('the same delivery a second time', () => {
  it('of a command does nothing and says nothing', async () => {
    const doorstep = openDoorstep();
    await doorstep.type('status promo', 'U0VIC', 'same');
    expect(await doorstep.type('status promo', 'U0VIC', 'same')).toBeUndefined();
    expect(doorstep.acts).toEqual(['status']);
  });

  it('of a press does nothing', async () => {
    const doorstep = openDoorstep();
    await doorstep.press('change.approve', 'U0BO', { trigger: 'same' });
    expect(await doorstep.press('change.approve', 'U0BO', { trigger: 'same' })).toBeUndefined();
    expect(doorstep.acts).toEqual(['approve C1']);
  });

  it('of a form does nothing', async () => {
    const doorstep = openDoorstep();
    const sent = { view: 'V1', values: { reason: 'Not before Monday.' } };
    await doorstep.send('change.reject', 'U0BO', sent);
    await doorstep.send('change.reject', 'U0BO', sent);
    expect(doorstep.acts).toEqual(['reject C1']);
    expect(doorstep.whispers).toHaveLength(1);
  });

  it('of a refused press is not written a second time', async () => {
    const doorstep = openDoorstep();
    await doorstep.press('change.approve', 'U0VIC', { trigger: 'same' });
    await doorstep.press('change.approve', 'U0VIC', { trigger: 'same' });
    expect(doorstep.refusals).toHaveLength(1);
  });
});

describe('when something breaks behind the door', () => {
  it('a fault of the world becomes a sentence with the request id, and the log knows', async () => {
    const doorstep = openDoorstep({ status: () => Promise.reject(throttled) });
    const answer = await doorstep.type('status promo', 'U0VIC');
    expect(words(answer)).toMatch(/Not done: \/model status.*Rate exceeded.*try again in a moment/);
    expect(JSON.stringify(answer)).toContain('request R1');
    expect(doorstep.troubles).toEqual([{ where: '/model status', error: throttled, requestId: 'R1' }]);
  });

  it('an answer that was lost is called not known', async () => {
    const lost = new Fault('store-unreachable', 'The store could not write: socket hang up', { ambiguous: true });
    const doorstep = openDoorstep({ modelOf: () => Promise.reject(lost) });
    expect(words(await doorstep.press('change.approve', 'U0BO'))).toMatch(/Not known yet.*may have happened/);
    expect(doorstep.acts).toEqual([]);
  });

  it('what cannot be written down is not acknowledged, so Slack says that it failed', async () => {
    const down = new Fault('store-unreachable', 'The store could not write', { retryable: true });
    const { journal } = openDoorstep().bot;
    const doorstep = openDoorstep({ journal: { ...journal, begin: () => Promise.reject(down) } });
    await expect(doorstep.press('change.approve', 'U0BO')).rejects.toBe(down);
    expect(doorstep.acts).toEqual([]);
  });

  it('a mistake of ours shows nothing of its inside', async () => {
    const doorstep = openDoorstep({ status: () => Promise.reject(new TypeError('secret of the house')) });
    const said = words(await doorstep.type('status promo', 'U0VIC'));
    expect(said).toMatch(/Something broke inside Understudy/);
    expect(said).not.toContain('secret');
  });

  it('without knowing what a press is about, nobody is let in', async () => {
    const doorstep = openDoorstep({ modelOf: () => Promise.reject(throttled) });
    expect(words(await doorstep.press('change.approve', 'U0BO'))).toMatch(/Not done: change.approve/);
    expect(doorstep.acts).toEqual([]);
    expect(doorstep.troubles).toHaveLength(1);
  });

  it('a refusal that cannot be written is still a refusal', async () => {
    const doorstep = openDoorstep();
    const { access } = doorstep.bot;
    const silent = openDoorstep({ access: { ...access, refused: () => Promise.reject(throttled) } });
    expect(words(await silent.press('change.approve', 'U0VIC'))).toMatch(/Not done: change.approve/);
    expect(silent.acts).toEqual([]);
    expect(silent.troubles).toHaveLength(1);
  });
});

describe('a form', () => {
  it('checks the role again when it is sent', async () => {
    const doorstep = openDoorstep();
    await doorstep.send('change.reject', 'U0ANA', { values: { reason: 'I changed my mind.' } });
    expect(doorstep.acts).toEqual([]);
    expect(doorstep.refusals).toEqual(['U0ANA at change.reject of promo: no-role (R1)']);
    expect(words(doorstep.whispers[0])).toMatch(/It needs the role approver/);
  });

  it.each(['', '   ', '\n\t'])('with %j for a reason rejects nothing', async (reason) => {
    const doorstep = openDoorstep();
    await doorstep.send('change.reject', 'U0BO', { values: { reason } });
    expect(doorstep.acts).toEqual([]);
    expect(words(doorstep.whispers[0])).toMatch(/the reason is missing/);
  });

  it('a note that was left out is no reason not to resolve', async () => {
    const doorstep = openDoorstep();
    await doorstep.send('incident.resolve', 'U0MIRA');
    expect(doorstep.acts).toEqual(['resolve C1']);
  });
});
