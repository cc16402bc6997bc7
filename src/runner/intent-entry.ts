import type { Entry } from '../audit/entry.ts';
import type { Clocks } from '../kernel/time.ts';
import type { Intent } from './intent.ts';

export type Ended = Extract<Intent['state'], { kind: 'done' | 'failed' }>;

/** The line of the trail for what a call to AWS came to. */
export function intentEntry(intent: Intent, ended: Ended, on: { clocks: Clocks; id: string }): Entry {
  return {
    schema: 1,
    id: on.id,
    chain: intent.model,
    at: on.clocks.domain(),
    wallAt: on.clocks.wall(),
    act: `aws.${kebab(intent.operation)}`,
    outcome: ended.kind,
    by: { kind: 'bot' },
    subject: intent.subject,
    sentence: sentenceOf(intent, ended),
    facts: factsOf(intent, ended),
    requestId: intent.requestId ?? intent.id,
  };
}

function sentenceOf({ operation, says, subject }: Intent, ended: Ended): string {
  const what = `${operation} for ${subject.id} (${says})`;
  if (ended.kind === 'failed') return `AWS did not take ${what}: ${ended.failure.message}`;
  return ended.how === 'answered' ? `AWS took ${what}.` : `${what} had already arrived in AWS.`;
}

function factsOf(intent: Intent, ended: Ended): Entry['facts'] {
  const base = { intent: intent.id, operation: intent.operation, input: intent.input };
  if (ended.kind === 'failed') {
    return { ...base, code: ended.failure.code, awsRequestId: ended.failure.requestId ?? null };
  }
  return { ...base, how: ended.how, awsRequestId: ended.answer?.requestId ?? null };
}

/** `sagemaker:UpdateEndpoint` to `update-endpoint`. */
function kebab(operation: string): string {
  return operation
    .replace(/^.*:/, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase();
}
