import { sha256Hex } from '../kernel/digest.ts';

/** SageMaker's limit is 63 characters; 40 of the model, a hyphen and 12 of the change stay well below. */
const modelCharacters = 40;
const idCharacters = 12;

/** Everything that one change makes in AWS, by name. The same change has the same names however often it is planned. */
export type ChangeNames = {
  /** The 12 characters that are this change alone. */
  readonly mark: string;
  readonly config: string;
  readonly model: string;
  readonly errorsAlarm: string;
  readonly p99Alarm: string;
  readonly abortAlarm: string;
};

/** The instant is part of it because two stores may both have a change C1; the digest is not, so a new plan finds its own. */
export function changeNames(of: { model: string; endpoint: string; id: string; plannedAt: number }): ChangeNames {
  const mark = base32(sha256Hex(`${of.id}@${of.plannedAt}`)).slice(-idCharacters);
  const name = `${slug(of.model)}-${mark}`;
  const alarm = `${of.endpoint}-${mark}`;
  return {
    mark,
    config: name,
    model: name,
    errorsAlarm: `${alarm}-errors`,
    p99Alarm: `${alarm}-p99`,
    abortAlarm: `${alarm}-abort`,
  };
}

function slug(model: string): string {
  const safe = model.replaceAll(/[^A-Za-z0-9]+/g, '-').replace(/^-+/, '');
  return safe.slice(0, modelCharacters).replace(/-+$/, '') || 'model';
}

/** 52 characters from `0-9a-v` for 64 hex digits. */
function base32(hex: string): string {
  return BigInt(`0x${hex}`).toString(32).padStart(52, '0');
}
