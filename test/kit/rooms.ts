/** One room of the house: which files, what they may import of ours, which packages. Types alone may cross where it says so. */
export type Room = {
  readonly name: string;
  readonly files: RegExp;
  readonly may: RegExp;
  /** Ours, as types only. */
  readonly mayTypes?: RegExp;
  readonly packages: RegExp;
  readonly typePackages?: RegExp;
};

const never = /^$/;
const nouns =
  'ledger|alerts|incidents|changes|approvals|shadow|judge|guardrails|training|audit|access|schedule|outbox|runner|status';
const noun = `src/(${nouns})/`;
const edges = 'src/(aws|slack|store|captures)/';

/** The table of rooms. First match wins. */
export const rooms: readonly Room[] = [
  { name: 'kernel', files: /^src\/kernel\//, may: /^src\/kernel\//, packages: /^node:(crypto|zlib)$/ },
  { name: 'stats', files: /^src\/stats\//, may: /^src\/(kernel|stats)\//, packages: never },
  {
    name: 'nouns',
    files: new RegExp(`^${noun}`),
    may: new RegExp(`^(src/(kernel|stats)/|${noun})`),
    packages: /^zod$/,
  },
  {
    name: 'edges',
    files: new RegExp(`^${edges}`),
    may: new RegExp(`^(src/kernel/|${noun}|${edges})`),
    packages: /^(zod|node:.*|@aws-sdk\/.*|@smithy\/.*|@slack\/(web-api|types)|@duckdb\/node-api|undici)$/,
  },
  {
    name: 'blocks/limits',
    files: /^blocks\/limits(\.ts|\/)/,
    may: /^blocks\/limits(\.ts|\/)/,
    packages: never,
    typePackages: /^@slack\/types$/,
  },
  {
    name: 'blocks',
    files: /^blocks\//,
    may: /^(blocks|src\/kernel)\//,
    mayTypes: new RegExp(`^${noun}`),
    packages: never,
    typePackages: /^@slack\/types$/,
  },
  {
    name: 'handlers',
    files: /^handlers\//,
    may: new RegExp(`^(handlers/|blocks/|src/kernel/|${noun})`),
    packages: never,
    typePackages: /^@slack\/(bolt|types)$/,
  },
  {
    name: 'config',
    files: /^src\/config\//,
    may: /^src\/(kernel|config)\//,
    packages: /^(zod|yaml|node:(fs|path|net|fs\/promises))$/,
  },
  {
    name: 'wiring',
    files: /^src\/wiring\//,
    may: new RegExp(`^(src/(kernel|config|stats|wiring)/|handlers/|blocks/|${noun}|${edges})`),
    packages: /./,
  },
  {
    name: 'cli',
    files: /^src\/cli\//,
    may: new RegExp(`^(src/(kernel|config|stats|wiring|cli)/|blocks/|${noun})`),
    packages: /^node:.*/,
  },
  { name: 'entry', files: /^src\/entry\//, may: /^(src|handlers|blocks)\//, packages: /./ },
  {
    name: 'local',
    files: /^src\/local\//,
    may: /^(src\/(kernel|stats|local)\/|blocks\/limits)/,
    packages: /^(zod|node:.*|@aws-sdk\/.*|@smithy\/.*|undici|pino)$/,
    typePackages: /^@slack\/types$/,
  },
];

export function roomOf(file: string): string | undefined {
  return rooms.find((room) => room.files.test(file))?.name;
}

/** Why this import is not allowed; undefined when it is. */
export function importRule({
  from,
  to,
  typeOnly,
}: {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}): string | undefined {
  const room = rooms.find((each) => each.files.test(from));
  if (!room) return `${from}: no room`;
  const ours = /^(src|handlers|blocks|test)\//.test(to);
  const allowed = ours
    ? room.may.test(to) || (typeOnly && (room.mayTypes?.test(to) ?? false))
    : room.packages.test(to) || (typeOnly && (room.typePackages?.test(to) ?? false));
  return allowed ? undefined : `${from} → ${to}${typeOnly ? ' (types)' : ''}`;
}
