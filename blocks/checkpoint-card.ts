import { shortDigest } from '../src/kernel/digest.ts';
import type { CheckpointCard } from '../src/outbox/checkpoint-card.ts';
import { foreignName } from './foreign.ts';
import type { Message } from './message.ts';
import { count } from './numbers.ts';
import { bold, code, emoji, fact, facts, footer, line, message, moment } from './parts.ts';

/** A signed checkpoint in the audit channel: whoever keeps this message can prove what the chain was. */
export function checkpointCard(checkpoint: CheckpointCard): Message {
  const { chain, seq, hash, at, keyId, signature } = checkpoint;
  return message(
    `📜 Checkpoint of ${chain} at line ${count(seq)}. Hash ${hash}, signature ${signature}, key ${keyId}.`,
    facts([
      line(emoji('scroll'), ' ', bold('Checkpoint'), `  ${foreignName(chain)}, line ${count(seq)}, `, moment(at)),
      fact('Hash', code(`${shortDigest(hash)} … ${hash.slice(-8)}`)),
      fact('Signed', code(`${signature.slice(0, 16)}…`), ` with key ${foreignName(keyId)}`),
    ]),
    footer('the whole hash and signature stand in the text of this message'),
  );
}
