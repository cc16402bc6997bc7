import { shortDigest } from '../src/kernel/digest.ts';
import type { CheckpointCard } from '../src/outbox/checkpoint-card.ts';
import type { Message } from './message.ts';
import { code, fact, facts, footer, message, moment } from './parts.ts';

/** A signed checkpoint in the audit channel: whoever keeps this message can prove what the chain was. */
export function checkpointCard(checkpoint: CheckpointCard): Message {
  const { chain, seq, hash, at, keyId, signature } = checkpoint;
  return message(
    `📜 Checkpoint of ${chain}: line ${seq}, hash ${hash}, signature ${signature}, key ${keyId}.`,
    facts([
      fact('Checkpoint', `${chain}, line ${seq}, `, moment(at)),
      fact('Hash', code(`${shortDigest(hash)} … ${hash.slice(-8)}`)),
      fact('Signed', code(`${signature.slice(0, 16)}…`), ` with key ${keyId}`),
    ]),
    footer('the whole hash and signature stand in the text of this message'),
  );
}
