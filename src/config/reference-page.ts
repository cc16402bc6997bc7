import { notYet } from './not-yet.ts';
import { configSchema } from './schema.ts';
import { keysOf, type SchemaKey } from './schema-keys.ts';

const introduction = `<!-- Made from the schema. After a change: npx vitest run test/config/reference-page.test.ts -u -->

# Configuration

Understudy reads one file, \`understudy.yml\` in the working directory, or the file that \`UNDERSTUDY_CONFIG\` names.
[understudy.example.yml](../understudy.example.yml) is a whole one. \`understudy config check\` reads it as \`start\` would,
lists every fault at once with its key, and starts nothing: exit code 0 without faults, 2 with.

- Percentages are written \`10%\`, durations \`250ms\`, \`90s\`, \`10m\`, \`8h\` or \`7d\`.
- A secret is written as \`env:NAME\`; its value comes from the environment and is never printed.
- A key that is not listed here is a fault. A key with the default \`needed\` has to be written.
- Who is real and who is local is chosen by word under \`world\`. A local side needs its address under \`override\`, on this
  machine. On a real side any such address is a fault, and so are \`AWS_ENDPOINT_URL\`, \`AWS_ENDPOINT_URL_…\` and
  \`SLACK_API_URL\` in the environment, unless \`UNDERSTUDY_ALLOW_ENDPOINT_OVERRIDE=1\`. Then each is said at every start.
- A real AWS with a local Slack is read-only.
`;

/** The page `docs/configuration.md`, made from the schema: every key with its meaning, default and example. */
export function referencePage(): string {
  const keys = keysOf(configSchema({}));
  const inModel = 'models.<name>.';
  const house = keys.filter(({ path }) => !path.startsWith(inModel));
  const models = keys.filter(({ path }) => path.startsWith(inModel));
  return [
    introduction,
    '## The house\n',
    table(house),
    '## Each model\n',
    'These keys stand under `models.<name>`. A name has letters, digits and inner hyphens.\n',
    table(models.map((key) => ({ ...key, path: key.path.slice(inModel.length) }))),
    '## Not yet\n',
    'Accepted and checked, and named by `understudy config check`, but not used by this version:\n',
    notYet.map(({ key, value, sentence }) => `- \`${key}${value ? `: ${value}` : ''}\`: ${sentence}`).join('\n'),
    '',
  ].join('\n');
}

function table(keys: readonly SchemaKey[]): string {
  const rows = keys.map(({ path, meaning, fallback, example, names }) => {
    const list = names.length === 0 ? '' : ` One of ${names.map((name) => `\`${name}\``).join(', ')}.`;
    const usual = fallback === 'needed' || fallback === 'none' ? fallback : code(fallback);
    return `| ${code(path)} | ${cell(meaning + list)} | ${usual} | ${code(example)} |`;
  });
  return ['| Key | Meaning | Default | Example |', '|---|---|---|---|', ...rows, ''].join('\n');
}

function code(text: string): string {
  return `\`${cell(text)}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
