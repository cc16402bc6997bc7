import { DescribeModelPackageCommand, UpdateModelPackageCommand } from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeenMessage } from '../../src/local/slack/people/look.ts';
import { type Journey, openJourney } from '../kit/journey.ts';
import { asked, leap, model, stands } from './doors-kit.ts';

const deploy = `/model deploy ${model} 1`;
const packageArn = `arn:aws:sagemaker:us-east-1:111122223333:model-package/${model}/1`;

/** One house, no endpoint yet; each request ends in its own way and leaves nothing behind. */
describe('a request for approval', { timeout: 60_000 }, () => {
  let day: Journey;
  beforeAll(async () => {
    day = await openJourney({ replicas: 2 });
    approversAre('U0ANA', 'U0BO', 'U0MIRA');
  }, 60_000);
  afterAll(() => day?.close());

  const approversAre = (...users: readonly string[]): void => day.world.slack.setGroupUsers('S0APPROVERS', users);
  const plainPlan = (plan: SeenMessage) => day.world.slack.ephemerals('U0ANA').find((one) => one.ts === plan.ts);
  /** The newest acts on changes; counts of repeated refusals may come in between at the end of a minute. */
  const lastActs = async (count: number) =>
    (await day.audit()).filter((act) => act.startsWith('change.')).slice(-count);

  async function rejecting(card: SeenMessage, who: string, reason: string): Promise<void> {
    await day.click(card, 'Reject…', who.toLowerCase().replace('u0', ''));
    const form = day.world.slack.openViews(who).at(-1);
    if (!form) throw new Error('no form opened');
    await day.world.slack.as(who).submit(form, { reason });
    await day.settle();
  }

  it('a discarded plan says so in its own place, and cannot be asked for any more', async () => {
    const plan = await day.say(deploy, 'ana');
    expect(day.buttons(plan)).toEqual(['Ask for approval', 'Discard']);
    await day.click(plan, 'Discard', 'ana');
    const now = plainPlan(plan);
    expect(now && day.reads(now)).toMatch(/Discarded: the plan C1 is gone/);
    expect(now && day.buttons(now)).toEqual([]);
    await day.click({ ...plan, version: 1 }, 'Ask for approval', 'ana');
    expect(day.whisperTo('ana')).toMatch(/Too late: C1 is withdrawn/);
    expect(await lastActs(3)).toEqual(['change.planned', 'change.discarded', 'change.ask-refused (refused)']);
  });

  it('a plan that was asked for waits on its card and has no buttons any more', async () => {
    const plan = await day.say(deploy, 'ana');
    await day.click(plan, 'Ask for approval', 'ana');
    const now = plainPlan(plan);
    expect(now && day.reads(now)).toMatch(/C2 waits for approval/);
    expect(now && day.buttons(now)).toEqual([]);
    expect(day.buttons(day.card(/Approval needed/))).toEqual(['Approve', 'Reject…', '⋯']);
  });

  it('is no business of a viewer or a guest: refused in private, written down', async () => {
    const card = day.card(/Approval needed/);
    for (const who of ['vic', 'gus']) {
      for (const button of ['Approve', 'Reject…', 'Withdraw (Ana)']) await day.click(card, button, who);
      expect(day.world.slack.openViews(`U0${who.toUpperCase()}`)).toEqual([]);
    }
    expect(day.whisperTo('vic')).toMatch(/needs the role deployer. You are viewer/);
    expect(day.whisperTo('gus')).toMatch(/Your account is a guest here/);
    const refused = (await day.entries()).filter((entry) => entry.act === 'access.refused');
    expect(refused.map(({ sentence }) => sentence)).toEqual([
      'Vic was refused at change.approve of C2: it needs the role approver.',
      'Vic was refused at change.reject of C2: it needs the role approver.',
      'Vic was refused at change.withdraw of C2: it needs the role deployer.',
      'Gus was refused at change.approve of C2: the account is a guest.',
      'Gus was refused at change.reject of C2: the account is a guest.',
      'Gus was refused at change.withdraw of C2: the account is a guest.',
    ]);
    expect(stands(day, card)).toMatch(/Approval needed/);
  });

  it('is withdrawn by whoever asked, and by nobody else', async () => {
    const card = day.card(/Approval needed/);
    await day.click(card, 'Withdraw (Ana)', 'bo');
    expect(day.whisperTo('bo')).toMatch(/Ana planned C2/);
    await day.click(card, 'Withdraw (Ana)', 'ana');
    expect(stands(day, card)).toMatch(/^⛔ Withdrawn · .*\nWithdrawn {2}by @Ana/);
    expect(day.buttons(day.now(card))).toEqual([]);
    expect(await lastActs(2)).toEqual(['change.withdraw-refused (refused)', 'change.withdrawn']);
  });

  it('a press on the card as it was does nothing and says who was faster', async () => {
    const card = day.card(/Withdrawn/);
    await day.click({ ...card, version: 1 }, 'Approve', 'bo');
    expect(day.whisperTo('bo')).toMatch(/Too late: C2 is withdrawn.\nDecided by Ana/);
    expect(await lastActs(1)).toEqual(['change.approval-refused (refused)']);
  });

  it('is rejected with a reason, which is quoted as it was typed', async () => {
    const card = await asked(day, deploy);
    await rejecting(card, 'U0BO', 'Not before <!channel> agrees, *never* on a Friday.');
    expect(stands(day, card)).toMatch(
      /^⛔ Rejected · .*\nRejected {2}by @Bo.*\n> Not before <!channel> agrees, \*never\*/,
    );
    expect(day.buttons(day.now(card))).toEqual([]);
    expect(day.now(card).text).not.toContain('<!channel>');
    expect((await day.entries()).at(-1)).toMatchObject({ act: 'change.rejected', facts: { reason: /<!channel>/ } });
  });

  it('a form that was opened in time and sent too late rejects nothing', async () => {
    const card = await asked(day, deploy);
    await day.click(card, 'Reject…', 'bo');
    const form = day.world.slack.openViews('U0BO').at(-1);
    await day.click(card, 'Withdraw (Ana)', 'ana');
    if (form) await day.world.slack.as('U0BO').submit(form, { reason: 'No.' });
    await day.settle();
    expect(day.whisperTo('bo')).toMatch(/Too late: C4 is withdrawn/);
    expect(stands(day, card)).toMatch(/Withdrawn/);
  });

  it('expires after eight hours, and an old button does not bring it back', async () => {
    const card = await asked(day, deploy);
    await leap(day, '7h');
    expect(day.buttons(day.now(card))).toEqual(['Approve', 'Reject…', '⋯']);
    await leap(day, '1h');
    expect(stands(day, card)).toMatch(/^⏰ Expired · .*\nExpired .*not enough people agreed in 8.h/);
    expect(day.buttons(day.now(card))).toEqual([]);
    await day.click({ ...card, version: 1 }, 'Approve', 'bo');
    expect(day.whisperTo('bo')).toMatch(/Too late: C5 has expired/);
    expect(await lastActs(2)).toEqual(['change.expired', 'change.approval-refused (refused)']);
  });

  it('is decided by people who are approvers both when it was planned and at the click', async () => {
    const card = await asked(day, deploy);
    approversAre('U0ANA', 'U0MIRA', 'U0VIC');
    await day.click(card, 'Approve', 'bo');
    expect(day.whisperTo('bo')).toMatch(/needs the role approver. You are deployer/);
    await day.click(card, 'Reject…', 'bo');
    expect(day.world.slack.openViews('U0BO')).toEqual([]);
    await day.click(card, 'Approve', 'vic');
    expect(day.whisperTo('vic')).toMatch(/you joined the group after C6 was planned/);
    approversAre('U0ANA', 'U0BO', 'U0MIRA');
    expect(stands(day, card)).toMatch(/Approval needed/);
    await day.click(card, 'Withdraw (Ana)', 'ana');
  });

  it('is void when its evidence was exchanged after it was asked for', async () => {
    const place = { bucket: 'acme-models', key: `${model}/1/evaluation.json` };
    const before = day.world.aws.objects.find(place.bucket, place.key)?.body ?? Buffer.of();
    const card = await asked(day, deploy);
    day.world.aws.objects.put({ ...place, body: Buffer.from(`${before.toString()} `) });
    await day.click(card, 'Approve', 'bo');
    day.world.aws.objects.put({ ...place, body: before });
    expect(day.whisperTo('bo')).toMatch(/changed since the plan, so it is void.*its evaluation report is not the one/s);
    expect(stands(day, card)).toMatch(/^⚠️ Plan changed, approval void/);
    expect(day.buttons(day.now(card))).toEqual([]);
    expect(await lastActs(2)).toEqual(['change.voided (refused)', 'change.approval-refused (refused)']);
  });

  it('is void when the artefact was exchanged after it was asked for, and then not planned again', async () => {
    const place = { bucket: 'acme-models', key: `${model}/1/model.json` };
    const before = day.world.aws.objects.find(place.bucket, place.key)?.body ?? Buffer.of();
    const card = await asked(day, deploy);
    day.world.aws.objects.put({ ...place, body: Buffer.from(`${before.toString()} `) });
    await day.click(card, 'Approve', 'bo');
    const again = day.reads(await day.say(deploy, 'ana'));
    day.world.aws.objects.put({ ...place, body: before });
    expect(day.whisperTo('bo')).toMatch(
      /Not started: what is inside the version changed since the plan, so it is void/,
    );
    expect(stands(day, card)).toMatch(/^⚠️ Plan changed, approval void/);
    expect(day.buttons(day.now(card))).toEqual([]);
    expect(again).toMatch(/is not the one that was registered: its ETag differs/);
  });

  it('is void when the registry entry was edited after it was asked for', async () => {
    const { sagemaker } = day.world.team;
    const shown = await sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: packageArn }));
    const specification = shown.InferenceSpecification;
    const [container] = specification?.Containers ?? [];
    if (!specification || !container) throw new Error('version 1 has no container');
    const exchanged = { ...specification, Containers: [{ ...container, ImageDigest: `sha256:${'0'.repeat(64)}` }] };
    const edit = (InferenceSpecification: typeof specification) =>
      sagemaker.send(new UpdateModelPackageCommand({ ModelPackageArn: packageArn, InferenceSpecification }));

    const card = await asked(day, deploy);
    await edit(exchanged);
    await day.click(card, 'Approve', 'bo');
    await edit(specification);
    expect(day.whisperTo('bo')).toMatch(
      /Not started: what is inside the version changed since the plan, so it is void/,
    );
    expect(stands(day, card)).toMatch(/^⚠️ Plan changed, approval void/);
    expect(await lastActs(2)).toEqual(['change.voided (refused)', 'change.approval-refused (refused)']);
  });

  it('two people approve at the same instant on two replicas: one effect, and the other is told', async () => {
    const card = await asked(day, deploy);
    const before = (await day.audit()).length;
    const { slack } = day.world;
    await Promise.all(['U0BO', 'U0MIRA'].map((user) => slack.as(user).click(card, 'Approve')));
    await day.settle();
    const winner = /By {2}Ana asked, (Bo|Mira) approved\n/.exec(stands(day, card))?.[1];
    const loser = winner === 'Bo' ? 'mira' : 'bo';
    expect(day.whisperTo(loser)).toMatch(new RegExp(`Too late: C11 is approved and running.\nDecided by ${winner}`));
    expect((await day.audit()).slice(before).filter((act) => act.startsWith('change.'))).toEqual([
      'change.approved',
      'change.started',
      'change.approval-refused (refused)',
    ]);
    const sent = day.world.aws.calls().filter((call) => call.operation === 'sagemaker:CreateEndpoint');
    expect(sent).toHaveLength(1);
    expect(day.buttons(day.now(card))).toEqual([]);
  });
});
