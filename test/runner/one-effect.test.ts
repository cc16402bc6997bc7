import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '../../src/changes/change.ts';
import { Intents } from '../../src/runner/intent.ts';
import type { Operation, Operations } from '../../src/runner/operation.ts';
import { type ChangeBench, openChangeBench } from '../changes/change-bench.ts';
import { bo } from '../changes/facts-kit.ts';

let bench: ChangeBench;
let change: Change;
beforeEach(async () => {
  bench = await openChangeBench();
  await bench.register();
  change = await bench.planned('deploy');
  await bench.bot.askForApproval(bench.press(change));
});
afterEach(() => bench.close());

const approve = () => bench.bot.approve(bench.press(change, bo));
const intent = async (step: number) => (await bench.db.store.find(Intents, `${change.id}.${step}`))?.value.state;
/** Calls of an operation that had an effect, their answers lost or not. */
const effects = (operation: string) => bench.sent(operation).length;
const lines = async () =>
  (await bench.trail()).filter(({ act }) => act.startsWith('aws.')).map(({ act, facts }) => `${act} ${facts.how}`);

async function passSettling(times: number): Promise<void> {
  for (let each = 0; each < times; each += 1) await bench.passSeconds(6);
}

describe('one effect, whatever happens on the way', () => {
  it.each(['UpdateModelPackage', 'CreateModel', 'CreateEndpointConfig', 'CreateEndpoint'])(
    'the answer of %s is lost: it is found, and not sent again',
    async (operation) => {
      bench.aws.faults.add({ operation: `sagemaker:${operation}`, kind: 'answer-lost' });
      await approve();
      await bench.settle();
      await passSettling(2);
      expect(effects(operation)).toBe(1);
      expect((await lines()).filter((line) => line.endsWith(' found'))).toHaveLength(1);
      expect((await bench.state(change.id))?.kind).toBe('running');
    },
  );

  it('a call that never arrived is looked for twice, and then sent again', async () => {
    bench.aws.faults.add({ operation: 'sagemaker:CreateModel', kind: 'error-500' });
    await approve();
    await bench.settle();
    expect(await intent(1)).toMatchObject({ kind: 'sent', looks: 0, tries: 1 });
    await bench.passSeconds(6);
    expect(await intent(1)).toMatchObject({ kind: 'sent', looks: 1, tries: 1 });
    await bench.passSeconds(6);
    expect(await intent(1)).toMatchObject({ kind: 'done', how: 'answered' });
    expect(effects('CreateModel')).toBe(1);
  });

  it.each<[string, 'before' | 'after']>([
    ['marked the call and died before it left', 'before'],
    ['sent the call and died before the answer came', 'after'],
  ])('a bot that %s is followed by one that finishes', async (_, when) => {
    await approve();
    const doomed = bench.replica('bot-2', {
      dies: (operations) => killedAt(operations, 'sagemaker:UpdateModelPackage', when),
    });
    expect(await doomed.runOpenIntents()).toEqual([{ id: `${change.id}.0`, run: new Error('killed') }]);
    expect(await intent(0)).toMatchObject({ kind: 'sent', tries: 1 });
    await bench.passSeconds(59);
    expect(await intent(0)).toMatchObject({ kind: 'sent', tries: 1 });
    await passSettling(3);
    expect(await intent(0)).toMatchObject({ kind: 'done', how: when === 'after' ? 'found' : 'answered' });
    expect(effects('UpdateModelPackage')).toBe(1);
  });

  it('two replicas run the same intent at once: one sends, the other stands back', async () => {
    await approve();
    const other = bench.replica('bot-2');
    const rounds = await Promise.all([bench.bot.runOpenIntents(), other.runOpenIntents()]);
    expect(rounds.flat().filter(({ run }) => 'kind' in run && run.kind === 'held')).toHaveLength(1);
    expect(effects('UpdateModelPackage')).toBe(1);
  });

  it('two that both believe to hold the lease: the mark decides, and one sends', async () => {
    await approve();
    const zombies = ['bot-2', 'bot-3'].map((holder) => bench.replica(holder, { isZombie: true }));
    await Promise.all(zombies.map((zombie) => zombie.runOpenIntents()));
    expect(effects('UpdateModelPackage')).toBe(1);
  });

  it('throttling only delays', async () => {
    bench.aws.faults.add({ operation: 'sagemaker:CreateModel', kind: 'throttle', times: 2 });
    await approve();
    await bench.settle();
    expect(await intent(1)).toMatchObject({ kind: 'wanted', refusals: 1 });
    await passSettling(2);
    expect(await intent(1)).toMatchObject({ kind: 'done' });
  });
});

describe('what cannot be done ends the change', () => {
  it('a denied call, with the denied action in card and trail', async () => {
    bench.aws.faults.add({ operation: 'sagemaker:CreateModel', kind: 'access-denied' });
    await approve();
    await bench.settle();
    const words = expect.stringContaining('not authorized to perform: sagemaker:CreateModel');
    expect(await bench.state(change.id)).toMatchObject({ kind: 'failed', step: 1, reason: words });
    expect((await bench.trail()).find(({ act }) => act === 'aws.create-model')).toMatchObject({
      outcome: 'failed',
      sentence: words,
    });
    expect(effects('CreateEndpointConfig')).toBe(0);
  });

  it('something foreign under our name', async () => {
    await bench.makeForeignModel(change.plan.target.modelName ?? '');
    await approve();
    await bench.settle();
    expect(await bench.state(change.id)).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('is not what was planned'),
    });
    expect(effects('CreateModel')).toBe(1);
  });
});

describe('a rollout that was taken and went back while nobody looked', () => {
  it('is not sent a second time', async () => {
    await approve();
    await bench.settle();
    for (let minute = 0; minute < 5; minute += 1) await bench.passSeconds(60);
    await bench.register();
    change = await bench.planned('deploy', 2);
    await bench.bot.askForApproval(bench.press(change));
    bench.aws.faults.add({ operation: 'sagemaker:UpdateEndpoint', kind: 'answer-lost' });
    await approve();
    await bench.settle();
    bench.aws.objects.put({ bucket: 'models', key: '2.json', body: Buffer.from('broken') });
    // Nobody looks for the quarter of an hour in which SageMaker tries and gives up.
    await bench.clock.advance(15 * 60_000);
    await passSettling(3);
    expect(effects('UpdateEndpoint')).toBe(1);
    expect(await bench.state(change.id)).toMatchObject({
      kind: 'rolled-back',
      liveConfig: change.plan.from?.configName,
    });
  });
});

/** A process that ends at the very call: what it throws is caught by nobody. */
function killedAt(operations: Operations, name: string, when: 'before' | 'after'): Operations {
  const { look, send } = operations[name] ?? raise();
  const dying: Operation['send'] = async (input) => {
    if (when === 'after') await send(input);
    throw new Error('killed');
  };
  return { ...operations, [name]: { look, send: dying } };
}

function raise(): never {
  throw new Error('no such operation');
}
