import { shortDigest } from '../kernel/digest.ts';
import type { Config, ConfigFault } from './config.ts';
import { configPath, openConfigFile } from './config-file.ts';
import { describeUnused } from './describe-unused.ts';
import type { Environment } from './environment.ts';
import { configFingerprint } from './fingerprint.ts';

/** What `understudy config check` prints, as text and as fields, and its exit code. */
export type ConfigCheck = {
  /** 0: the bot would start. 2: it would not. */
  readonly exitCode: 0 | 2;
  readonly report: string;
  readonly faults: readonly ConfigFault[];
  readonly announcements: readonly string[];
  readonly notYet: readonly ConfigFault[];
  /** Undefined when there are faults. */
  readonly fingerprint: string | undefined;
};

/** Checks the file as `start` would, and starts nothing. */
export function checkConfigFile(asked: string | undefined, env: Environment): ConfigCheck {
  const path = configPath(asked, env);
  const opened = openConfigFile(asked, env);
  return opened.ok ? passed(path, opened.value) : failed(path, opened.refusal);
}

function failed(path: string, faults: readonly ConfigFault[]): ConfigCheck {
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`;
  const report = [`${path}: ${count}. The bot does not start.`, ...faults.map(lineOf), ''].join('\n');
  return { exitCode: 2, report, faults, announcements: [], notYet: [], fingerprint: undefined };
}

function passed(path: string, config: Config): ConfigCheck {
  const notYet = describeUnused(config);
  const fingerprint = configFingerprint(config);
  const names = Object.keys(config.models);
  const { slack, aws, store } = config.world;
  const report = [
    `${path}: no faults. Fingerprint ${shortDigest(fingerprint)}.`,
    `World: Slack ${slack}, AWS ${aws}, store ${store}.`,
    `${names.length === 1 ? '1 model' : `${names.length} models`}: ${names.join(', ')}.`,
    ...heading(
      'Said at every start:',
      config.announcements.map((line) => `  ${line}`),
    ),
    ...heading('Accepted, not used by this version yet:', notYet.map(lineOf)),
    '',
  ].join('\n');
  return { exitCode: 0, report, faults: [], announcements: config.announcements, notYet, fingerprint };
}

function heading(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function lineOf({ path, sentence }: ConfigFault): string {
  return `  ${path}: ${sentence}`;
}
