import { z } from 'zod';
import type { Environment } from '../environment.ts';
import { hostName, listenHost } from '../forms/addresses.ts';
import { awsRegion, instanceType, tableName } from '../forms/aws-names.ts';
import { oneOf, patternForm } from '../forms/form.ts';
import { duration, positiveNumber, wholeNumber } from '../forms/quantities.ts';
import { secret } from '../forms/secret.ts';
import { listOf, namedValues, section } from '../forms/section.ts';
import { slackChannel } from '../forms/slack-ids.ts';

export const audit = (env: Environment) =>
  section({
    channel: slackChannel('C0AUDIT').describe('Where checkpoints of the trail and changes of this file are announced.'),
    signingKey: secret(env, 'env:UNDERSTUDY_AUDIT_KEY')
      .prefault('env:UNDERSTUDY_AUDIT_KEY')
      .describe('Ed25519 private key that signs the checkpoints of the audit trail.'),
  });

export const alerts = section({
  channel: slackChannel('C0ALERTS')
    .optional()
    .describe('Where a message goes that belongs to no model. `audit.channel` when not written.'),
});

export const links = section({
  hosts: listOf(hostName())
    .prefault([])
    .describe('Hosts whose addresses may become links. Any other address stays plain text.'),
});

export const prices = section({
  currency: patternForm({ words: 'a currency of three letters', example: 'USD' }, /^[A-Z]{3}$/)
    .prefault('USD')
    .describe('Currency of the prices.'),
  perInstanceHour: namedValues(instanceType(), positiveNumber('0.115')).describe(
    'What an hour of each instance type costs you. Without prices, cost is shown in instance-hours only.',
  ),
});

export const server = section({
  host: listenHost().prefault('127.0.0.1').describe("Address on which the bot's own server listens."),
  port: wholeNumber({ from: 0, to: 65_535, example: 3000 })
    .prefault(3000)
    .describe('Its port. 0 takes a free one. `/slack/events`, `/sns`, `/healthz` and `/readyz` are served there.'),
});

const tables = section({
  state: tableName('understudy-state').prefault('understudy-state').describe('Table of what is true now.'),
  audit: tableName('understudy-audit')
    .prefault('understudy-audit')
    .describe('Table of the audit trail; only ever added to.'),
});

export const store = section({
  tables: tables.prefault({}),
  region: awsRegion().prefault('us-east-1').describe('Region of both tables.'),
  lease: duration({ from: '5s', to: '10m', example: '60s' })
    .prefault('60s')
    .describe('How long a replica that fell silent keeps its work before another one takes it up.'),
}).transform(({ lease, ...rest }) => ({ ...rest, leaseMs: lease }));

export const logs = section({
  level: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .prefault('info')
    .describe('How much is logged. No level logs rows, tokens or message bodies.'),
});

/** The pollers' queues. Real ones are on Amazon's hosts; a stand-in's are on this machine. */
export const queueUrl = () =>
  patternForm(
    { words: 'the URL of an SQS queue', example: 'https://sqs.us-east-1.amazonaws.com/111122223333/understudy-alerts' },
    /^https?:\/\/[^/\s@]+\/\d{12}\/[\w-]{1,80}(\.fifo)?$/,
  );

/** The format of this file. */
export const version = () => z.literal(1, { error: 'Write version: 1.' });
