import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Verb } from '../../src/cli/verb.ts';
import { Fault } from '../../src/kernel/fault.ts';
import { type } from './kit.ts';

const verb = (run: Verb['run']): Verb => ({ usage: 'understudy try [FILE]', says: 'a verb of this test', run });
const breaking = (error: unknown) => ({ also: { try: verb(() => Promise.reject(error)) } });

describe('a wrong verb says what to type', () => {
  it.each([
    ['audit verfy', /`audit verfy`\. Did you mean `understudy audit verify`\?/],
    ['manifst --socket', /`manifst`\. Did you mean `understudy manifest`\?/],
    ['config chekc understudy.yml', /Did you mean `understudy config check`\?/],
    ['audit', /`understudy audit verify` or `understudy audit list` or `understudy audit export`\?/],
    ['verify --chain promo', /Did you mean `understudy audit verify`\?/],
    ['frobnicate', /no verb `frobnicate`\. `understudy help` lists the verbs/],
    ['constructor', /no verb `constructor`/],
    ['', /Say what to do\. `understudy help` lists the verbs/],
    ['--json', /Say what to do/],
  ])('understudy %s', async (line, sentence) => {
    expect(await type(line)).toMatchObject({ code: 2, out: '', said: expect.stringMatching(sentence) });
  });
});

describe('a wrong flag ends with the usage', () => {
  it.each([
    ['manifest --sockets', /no flag --sockets here/],
    ['manifest -x', /no flag -x here/],
    ['manifest --url', /--url needs a value/],
    ['manifest --url=', /--url needs a value/],
    ['manifest --url --socket', /--url needs a value/],
    ['manifest --socket=yes', /--socket stands alone/],
    ['manifest --url https://a.example --url https://b.example', /--url is written twice/],
    ['manifest slack', /what "slack" means/],
    ['config check a.yml b.yml', /what "b.yml" means/],
    ['help audit', /what "audit" means/],
  ])('understudy %s', async (line, sentence) => {
    const { code, out, said } = await type(line);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(said).toMatch(sentence);
    expect(said).toMatch(/\nUsage: understudy \w/);
  });
});

describe('help', () => {
  it('lists every verb with its usage, what it does, and the exit codes', async () => {
    const { code, out } = await type('help');
    expect(code).toBe(0);
    for (const name of ['config check', 'audit verify', 'audit list', 'audit export', 'manifest', 'help']) {
      expect(out).toContain(`understudy ${name}`);
    }
    expect(out).toContain('3 cannot say yet');
  });

  it('is the same as --help, and as fields with --json', async () => {
    expect((await type('--help')).out).toBe((await type('help')).out);
    const { verbs } = JSON.parse((await type('help --json')).out);
    expect(verbs).toContainEqual(expect.objectContaining({ verb: 'help', says: 'this list' }));
  });

  it('behind a verb shows that verb and runs nothing', async () => {
    const also = { try: verb(() => Promise.reject(new Error('ran'))) };
    expect(await type('try --help', { also })).toEqual({
      code: 0,
      out: 'understudy try [FILE]\n  a verb of this test',
      said: '',
    });
  });
});

describe('what breaks becomes a sentence and never a stack', () => {
  it('a fault of the configuration is exit code 2', async () => {
    const fault = new Fault('secret-not-set', 'SLACK_BOT_TOKEN is not set');
    expect(await type('try', breaking(fault))).toEqual({ code: 2, out: '', said: 'SLACK_BOT_TOKEN is not set' });
  });

  it('what may pass by itself is exit code 3, so that it never looks like a finding', async () => {
    const fault = new Fault('store-unreachable', 'The store could not be reached', { retryable: true });
    expect((await type('try', breaking(fault))).code).toBe(3);
  });

  it('any other fault is exit code 1', async () => {
    expect((await type('try', breaking(new Fault('audit-unreadable', 'Entry x does not read.')))).code).toBe(1);
  });

  it('a mistake of ours says so, on one line', async () => {
    const { code, said } = await type('try', breaking(new TypeError("reading\n'x' of\u001b[2J undefined")));
    expect(code).toBe(1);
    expect(said).toBe(
      "Something broke in Understudy itself: reading 'x' of\ufffd[2J undefined. UNDERSTUDY_DEBUG=1 shows where.",
    );
  });

  it('a taken port says which key to set', async () => {
    const { server, port } = await listening();
    const also = { try: verb(() => listening(port).then(() => 0)) };
    const { code, said } = await type('try', { also });
    server.close();
    expect(code).toBe(2);
    expect(said).toBe(`Port ${port} is in use: stop what listens there, or set server.port to another one.`);
  });
});

function listening(port = 0): Promise<{ server: ReturnType<typeof createServer>; port: number }> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve({ server, port: typeof address === 'object' && address !== null ? address.port : 0 });
    });
  });
}
