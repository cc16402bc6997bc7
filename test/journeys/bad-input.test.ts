import { CreateModelPackageCommand, DescribeModelPackageCommand } from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/kernel/digest.ts';
import { wallNow } from '../../src/kernel/time.ts';
import { type Journey, openJourney } from '../kit/journey.ts';
import { model } from './doors-kit.ts';

const packageArn = (version: number): string =>
  `arn:aws:sagemaker:us-east-1:111122223333:model-package/${model}/${version}`;

/** One house, nothing serves yet. Whatever is typed or sent, nothing reaches AWS but questions. */
describe('what should not have been typed or sent', { timeout: 60_000 }, () => {
  let day: Journey;
  beforeAll(async () => {
    day = await openJourney();
  }, 60_000);
  afterAll(() => day?.close());

  const oneLine = (text: string): string => text.replaceAll('\n', ' ').replaceAll('\u00a0', ' ');
  /** What was done. Counts of repeated refusals may come in at the end of any minute. */
  const done = async () => (await day.audit()).filter((act) => !act.endsWith('(refused)'));
  const failures = () => day.world.slack.failures();
  const botCalls = () =>
    day.world.aws.calls().filter((call) => call.caller !== 'TEAM' && !/:(Describe|List|Get|Head)/.test(call.operation));

  describe('says what to type', () => {
    const typed: readonly (readonly [string, RegExp])[] = [
      ['explode', /no verb of that name.*Typed {2}\/model explode.*Next {2}type \/model help/],
      ['deploy', /the model is missing.*type \/model deploy employee-promotion 2/],
      [`deploy ${model}`, /the version is missing.*type \/model deploy employee-promotion 2/],
      [`deploy ${model} two`, /a version is a number.*type \/model deploy employee-promotion 2/],
      [`deploy ${model} 9`, /has no version 9.*Registered: 2, 1.*\/model versions employee-promotion lists them/],
      ['deploy nowhere 1', /no model nowhere.*use one of employee-promotion/],
      ['deploy __proto__ 1', /no model __proto__.*use one of employee-promotion/],
      [`deploy ${'x'.repeat(2_900)} 1`, /no model x{20,}…? in the configuration/],
      [`promote ${model}`, /nothing serves.*\/model deploy employee-promotion 1/],
      [`rollback ${model}`, /nothing serves.*\/model deploy employee-promotion 1/],
      [`shadow start ${model} 2`, /nothing serves.*\/model deploy employee-promotion 1/],
      [
        'status constructor',
        /no model of that name.*Known {2}employee-promotion.*type \/model status employee-promotion/,
      ],
      ['x'.repeat(2_900), /no verb of that name.*Known {2}help, status/],
    ];
    const rows = typed.map(([text, says]) => ({ text, says, name: text.slice(0, 60) }));

    it.each(rows)('/model $name', async ({ text, says }) => {
      expect(oneLine(day.reads(await day.say(`/model ${text}`, 'ana')))).toMatch(says);
    });

    it('and never more than was asked: nothing was changed in AWS, and the refused wishes are in the trail', async () => {
      const sent = botCalls().map((call) => call.operation);
      expect(sent.filter((operation) => operation.startsWith('sagemaker:'))).toEqual([]);
      const acts = await day.audit();
      expect(new Set(acts)).toEqual(new Set(['change.plan-refused (refused)']));
    });
  });

  describe('a stranger’s words stay words', () => {
    const bait = '<!channel> <https://evil.example|click> *bold* <@U0BO>';

    it('in the answer to a wrong command', async () => {
      const said = await day.say(`/model ${bait}`, 'ana');
      expect(day.reads(said)).toContain(`Typed  /model ${bait}`);
      expect(said.text).not.toContain('<!channel>');
      expect(JSON.stringify(said.blocks)).not.toMatch(/"type":"(link|broadcast|user)"/);
    });

    it('in the reason that stands on the card', async () => {
      const plan = await day.say(`/model deploy ${model} 1 --reason “${bait}”`, 'ana');
      await day.click(plan, 'Ask for approval', 'ana');
      const card = day.card(/Approval needed/);
      expect(day.reads(card)).toContain(`> ${bait}`);
      expect(card.text).not.toContain('<!channel>');
      expect(JSON.stringify(card.blocks)).not.toMatch(/"type":"(link|broadcast)"/);
      await day.click(card, 'Withdraw (Ana)', 'ana');
    });
  });

  describe('a request that is not what it seems', () => {
    it('delivered twice at the same instant is answered once', async () => {
      const before = day.world.slack.ephemerals('U0ANA').length;
      const plans = (await day.audit()).filter((act) => act === 'change.planned').length;
      day.world.slack.faults.add({ kind: 'duplicate', delivery: 'slash_commands', times: 1 });
      await day.say(`/model deploy ${model} 1`, 'ana');
      expect(day.world.slack.ephemerals('U0ANA')).toHaveLength(before + 1);
      expect((await day.audit()).filter((act) => act === 'change.planned')).toHaveLength(plans + 1);
    });

    it('sent again later, byte for byte, does nothing', async () => {
      const [plan] = day.world.slack.ephemerals('U0ANA').slice(-1);
      if (!plan) throw new Error('there is no plan');
      await day.click(plan, 'Ask for approval', 'ana');
      await day.click(day.card(/Approval needed/), 'Withdraw (Ana)', 'ana');
      const acts = await done();
      for (const sent of day.world.slack.sent()) {
        expect((await day.world.slack.replay(sent.id)).status, sent.label).toBe(200);
      }
      await day.settle();
      expect(await done()).toEqual(acts);
    });

    it.each([
      ['six minutes old', -360_000],
      ['from six minutes ahead', 360_000],
    ])('%s is turned away', async (_age, ms) => {
      const acts = await done();
      const told = day.world.slack.ephemerals('U0ANA').length;
      day.world.slack.faults.add({ kind: 'skewed', delivery: 'slash_commands', times: 1, ms });
      const seen = await day.world.slack.as('U0ANA').command('C0PROMO', `/model deploy ${model} 1`);
      await day.settle();
      expect(seen).toMatchObject({ status: 401, failure: 'http_error' });
      expect(await done()).toEqual(acts);
      expect(day.world.slack.ephemerals('U0ANA')).toHaveLength(told);
    });

    it('without Slack’s signature is turned away', async () => {
      const [bot] = day.bots;
      const body = new URLSearchParams({ command: '/model', text: `deploy ${model} 1`, user_id: 'U0ANA' });
      const seconds = String(Math.floor(wallNow() / 1_000));
      for (const headers of [
        {},
        { 'x-slack-request-timestamp': seconds },
        { 'x-slack-request-timestamp': seconds, 'x-slack-signature': `v0=${'0'.repeat(64)}` },
      ]) {
        const answer = await fetch(`${bot?.url}/slack/events`, { method: 'POST', body, headers: { ...headers } });
        expect(answer.status).toBe(401);
      }
    });
  });

  it('a version below the quality gate is not even planned, with or without a reason', async () => {
    await register({ from: 1, auc: 0.71 });
    for (const line of [`/model deploy ${model} 3`, `/model deploy ${model} 3 --reason "the board wants it"`]) {
      const said = oneLine(day.reads(await day.say(line, 'bo')));
      expect(said).toMatch(
        /version 3 .*does not pass the quality gate.*AUC 0\.710, at least 0\.800.*train a better one/,
      );
    }
    expect((await day.entries()).at(-1)?.sentence).toMatch(/version 3 does not meet auc/);
  });

  it('a version without a report is not measured, and that is no pass', async () => {
    await register({ from: 1 });
    const said = oneLine(day.reads(await day.say(`/model deploy ${model} 4`, 'ana')));
    expect(said).toMatch(/version 4 .*has no evidence.*register the version with its report/);
  });

  describe('people from elsewhere', () => {
    beforeAll(() => {
      const { slack } = day.world;
      slack.addChannel({ id: 'C0JOINT', name: 'joint', members: ['U0ANA', 'U0VIC', 'U0GUS', 'U0BOT'] });
      slack.invite('C0JOINT', 'U0STRANGER');
    });

    it.each([
      ['U0STRANGER', /belongs to another workspace/],
      ['U0GUS', /Your account is a guest here/],
    ])('%s learns nothing, not even by mistyping', async (user, says) => {
      for (const line of [`/model status ${model}`, '/model explode', '/model']) {
        const told = oneLine(day.reads(await day.say(line, user, 'C0JOINT')));
        expect(told).toMatch(says);
        expect(told).not.toMatch(/deploy|version/);
      }
    });

    it('in a channel that they share, our own people read and do not act', async () => {
      expect(day.reads(await day.say(`/model versions ${model}`, 'vic', 'C0JOINT'))).toMatch(/pending/);
      expect(oneLine(day.reads(await day.say(`/model deploy ${model} 1`, 'ana', 'C0JOINT')))).toMatch(
        /shared with another organisation, or Understudy is not in it.*do it in the channel of the model/,
      );
    });

    it('each of it is in the trail: of the model where one was named, of the house where none was', async () => {
      const refused = (entries: Awaited<ReturnType<Journey['entries']>>) =>
        entries.filter((entry) => entry.act === 'access.refused').map((entry) => entry.sentence);
      expect(refused(await day.entries())).toEqual([
        'Sam was refused at /model status: the account is a stranger.',
        'Gus was refused at /model status: the account is a guest.',
        'Ana was refused at /model deploy: the channel is shared with another organisation.',
      ]);
      expect(refused(await day.entries('_house'))).toEqual([
        'Sam was refused at /model: the account is a stranger.',
        'Sam was refused at /model help: the account is a stranger.',
        'Gus was refused at /model: the account is a guest.',
        'Gus was refused at /model help: the account is a guest.',
      ]);
    });
  });

  it('through all of it no door failed and none was slow', () => {
    expect(failures().every(({ failure }) => failure === 'http_error')).toBe(true);
    expect(failures()).toHaveLength(2);
  });

  /** Registers a version as the team would: the container of another one, and a report of its own or none. */
  async function register({ from, auc }: { readonly from: number; readonly auc?: number }): Promise<void> {
    const { sagemaker } = day.world.team;
    const { objects } = day.world.aws;
    const shown = await sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: packageArn(from) }));
    const place = { bucket: 'acme-models', key: `${model}/low/evaluation.json` };
    const report = objects.find(place.bucket, `${model}/${from}/evaluation.json`)?.body.toString() ?? '';
    const lower = report.replace(/("auc":\s*(?:\{\s*"value":\s*)?)[\d.]+/, `$1${auc}`);
    objects.put({ ...place, body: Buffer.from(lower) });
    const statistics = {
      ContentType: 'application/json',
      S3Uri: `s3://${place.bucket}/${place.key}`,
      ContentDigest: `sha256:${sha256Hex(lower)}`,
    };
    await sagemaker.send(
      new CreateModelPackageCommand({
        ModelPackageGroupName: model,
        InferenceSpecification: shown.InferenceSpecification,
        ModelApprovalStatus: 'PendingManualApproval',
        ...(auc === undefined ? {} : { ModelMetrics: { ModelQuality: { Statistics: statistics } } }),
      }),
    );
  }
});
