import { describe, expect, it } from 'vitest';
import { secrets } from '../config/kit/real-world.ts';
import { inHome, type } from './kit.ts';

const example = inHome('understudy.example.yml');

describe('config check', () => {
  it('of the documented example finds no fault', async () => {
    const { code, out } = await type(['config', 'check', example], { env: secrets });
    expect(code).toBe(0);
    expect(out).toMatch(
      /understudy\.example\.yml: no faults\. Fingerprint [0-9a-f]{4} [0-9a-f]{4}\.\nWorld: Slack real/,
    );
  });

  it('names every fault at once and no value of any', async () => {
    const { code, out } = await type(['config', 'check', example], { env: { SLACK_BOT_TOKEN: 'xoxb-never-shown' } });
    expect(code).toBe(2);
    expect(out).toMatch(/: 2 faults\. The bot does not start\.$/m);
    expect(out).toContain('audit.signingKey: Environment variable UNDERSTUDY_AUDIT_KEY is not set.');
    expect(out).toContain('slack.signingSecret: Environment variable SLACK_SIGNING_SECRET is not set.');
    expect(out).not.toContain('never-shown');
  });

  it('reads the file that UNDERSTUDY_CONFIG names when none is given', async () => {
    const { code } = await type('config check', { env: { ...secrets, UNDERSTUDY_CONFIG: example } });
    expect(code).toBe(0);
  });

  it('says when the file is not there', async () => {
    const { code, out } = await type('config check nowhere.yml');
    expect(code).toBe(2);
    expect(out).toMatch(/nowhere\.yml: The file cannot be read \(ENOENT\)/);
  });

  it('gives fields with --json, wherever the flag stands', async () => {
    const { out } = await type(['config', 'check', '--json', example], { env: secrets });
    expect(JSON.parse(out)).toMatchObject({
      exitCode: 0,
      faults: [],
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
});
