import type { Scenery } from './play-story.ts';
import { cardBecomes, newestCard, until } from './watch.ts';

export type Scene = { readonly title: string; readonly play: (scenery: Scenery) => Promise<void> };

const model = 'employee-promotion';

const calm = { median: 18, spread: 0.4 };
const slow = { median: 420, spread: 0.3 };

/** One model lives through a day. */
export const scenes: readonly Scene[] = [
  { title: 'Two versions are registered', play: registry },
  { title: 'Version 1 is deployed, agreed by a second person', play: deploy },
  { title: 'Version 2 plays along in the shadows', play: shadow },
  { title: 'Production turns slow', play: alarm },
  { title: 'Version 2 is promoted, and rolled back', play: promoteAndBack },
  { title: 'Who did what', play: audit },
];

async function registry({ cast, says }: Scenery): Promise<void> {
  says(`Ana types /model versions ${model}`);
  await cast.ana.types(`/model versions ${model}`);
}

async function deploy({ world, cast, channel, says }: Scenery): Promise<void> {
  world.aws.setWeather({ endpoint: model, latencyMs: calm });
  says(`Ana types /model deploy ${model} 1`);
  const plan = await cast.ana.types(`/model deploy ${model} 1`);
  says('Ana presses Ask for approval');
  await cast.ana.presses(plan, 'Ask for approval');
  const card = await newestCard(world.slack, channel, /Approval needed/);
  says('Bo presses Approve');
  await cast.bo.presses(card, 'Approve');
  await cardBecomes(world.slack, card, /Live/);
  world.traffic.start();
  await until('the first answers', () => (world.traffic.sent() - world.traffic.failed() >= 30 ? true : undefined));
  says(`New employees arrive: ${world.traffic.sent()} calls to InvokeEndpoint so far`);
}

async function shadow({ world, cast, channel, says }: Scenery): Promise<void> {
  says(`Ana types /model shadow start ${model} 2`);
  const plan = await cast.ana.types(`/model shadow start ${model} 2`);
  says('Ana presses Start the test');
  await cast.ana.presses(plan, 'Start the test');
  await newestCard(world.slack, channel, /Shadow test started/);
  says('Traffic is mirrored; the summary comes with the clock');
  await newestCard(world.slack, channel, /p95 latency/);
}

async function alarm({ world, cast, channel, says }: Scenery): Promise<void> {
  says('The production model becomes slow');
  world.aws.setWeather({ endpoint: model, variant: 'AllTraffic', latencyMs: slow });
  const card = await newestCard(world.slack, channel, /Firing, /);
  says('Mira presses Acknowledge');
  await cast.mira.presses(card, 'Acknowledge');
  await cardBecomes(world.slack, card, /Acknowledged/);
  says('The model recovers');
  world.aws.setWeather({ endpoint: model, variant: 'AllTraffic', latencyMs: calm });
  await cardBecomes(world.slack, card, /Resolved after/);
}

async function promoteAndBack({ world, cast, channel, says }: Scenery): Promise<void> {
  says(`Ana types /model promote ${model}`);
  const plan = await cast.ana.types(`/model promote ${model}`);
  says('Ana presses Ask for approval');
  await cast.ana.presses(plan, 'Ask for approval');
  const card = await newestCard(world.slack, channel, /Approval needed · promote/);
  says('Ana presses Approve on her own request');
  await cast.ana.hears(card, 'Approve');
  says('Bo presses Approve');
  await cast.bo.presses(card, 'Approve');
  await cardBecomes(world.slack, card, /Live · employee-promotion 1.→.2/);
  says(`Ana types /model rollback ${model}`);
  const back = await cast.ana.types(`/model rollback ${model}`);
  says('Ana presses Roll back; nobody else has to agree');
  await cast.ana.presses(back, 'Roll back');
  await newestCard(world.slack, channel, /(Live|Rolled back) · .*2.→.1/);
}

async function audit({ cast, says }: Scenery): Promise<void> {
  says(`Ana types /model audit ${model}`);
  await cast.ana.types(`/model audit ${model}`);
  says(`Ana types /model audit ${model} verify`);
  await cast.ana.types(`/model audit ${model} verify`);
}
