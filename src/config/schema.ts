import { z } from 'zod';
import type { Environment } from './environment.ts';
import { topicArn } from './forms/aws-names.ts';
import { listOf, neededSection, section } from './forms/section.ts';
import { alerts, audit, links, logs, prices, queueUrl, server, store, version } from './sections/house.ts';
import { model } from './sections/model.ts';
import { override } from './sections/override.ts';
import { roles } from './sections/roles.ts';
import { slack } from './sections/slack.ts';
import { world } from './sections/world.ts';

/** The whole file. The environment is read only where the file names a variable. */
export function configSchema(env: Environment) {
  return section({
    version: version().describe('Format of this file.'),
    world: neededSection(world),
    topics: listOf(topicArn())
      .prefault([])
      .describe('SNS topics whose messages are taken in. Any other topic is refused.'),
    queues: listOf(queueUrl())
      .prefault([])
      .describe('SQS queues that are polled: topics delivered by queue, and dead letters.'),
    alerts: alerts.prefault({}),
    audit: neededSection(audit(env)),
    links: links.prefault({}),
    prices: prices.optional().describe('Your prices. Without them cost is shown in instance-hours only.'),
    roles: roles.prefault({}),
    slack: neededSection(slack(env)),
    server: server.prefault({}),
    store: store.prefault({}),
    override: override.prefault({}),
    logs: logs.prefault({}),
    models: z
      .record(z.string(), model, { error: 'Write a section with at least one model.' })
      .refine((models) => Object.keys(models).length > 0, { error: 'Write a section with at least one model.' }),
  });
}

/** What the schema reads, before the house's defaults are carried into the models. */
export type WrittenConfig = z.output<ReturnType<typeof configSchema>>;
export type WrittenModel = WrittenConfig['models'][string];
