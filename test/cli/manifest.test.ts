import { describe, expect, it } from 'vitest';
import { type } from './kit.ts';

const members = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, member]) => [[key, member] as const, ...members(member)])
    : [];
const urlsIn = (text: string): readonly unknown[] =>
  members(JSON.parse(text)).flatMap(([key, value]) => (/url$/.test(key) ? [value] : []));

describe('manifest', () => {
  it('puts your host where Slack calls the app', async () => {
    const { code, out, said } = await type('manifest --url https://bot.acme.example');
    expect({ code, said }).toEqual({ code: 0, said: '' });
    expect(urlsIn(out)).toEqual(['https://bot.acme.example/slack/events', 'https://bot.acme.example/slack/events']);
    expect(JSON.parse(out).settings.socket_mode_enabled).toBe(false);
  });

  it('for Socket Mode has no URL at all', async () => {
    const { code, out } = await type('manifest --socket');
    expect(code).toBe(0);
    expect(urlsIn(out)).toEqual([]);
    expect(out).not.toContain('http');
    expect(JSON.parse(out).settings).toMatchObject({ socket_mode_enabled: true, interactivity: { is_enabled: true } });
  });

  it('differs in nothing else between the two', async () => {
    const http = members(JSON.parse((await type('manifest --url https://bot.acme.example')).out));
    const socket = members(JSON.parse((await type('manifest --socket')).out));
    const rest = (all: typeof http) =>
      all.filter(([key, value]) => !/url$|socket_mode/.test(key) && typeof value !== 'object');
    expect(rest(socket)).toEqual(rest(http));
    expect(rest(http).length).toBeGreaterThan(10);
  });

  it('without a host says beside the answer that the host is an example', async () => {
    const { code, out, said } = await type('manifest');
    expect(code).toBe(0);
    expect(urlsIn(out)[0]).toBe('https://understudy.example.com/slack/events');
    expect(said).toMatch(/Give yours with --url/);
  });

  it('is one line with --json, as the API takes it', async () => {
    expect((await type('manifest --socket --json')).out).not.toContain('\n');
  });

  it.each([
    'http://bot.acme.example',
    'bot.acme.example',
    'https://bot.acme.example/slack/events',
    'https://bot.acme.example?x=1',
    'https://me:secret@bot.acme.example',
    'ftp://bot.acme.example',
  ])('refuses %s', async (url) => {
    expect(await type(`manifest --url ${url}`)).toMatchObject({
      code: 2,
      out: '',
      said: expect.stringMatching(/https and a host without a path/),
    });
  });

  it('takes a stand-in on this machine without https', async () => {
    const { out } = await type('manifest --url http://127.0.0.1:3000');
    expect(urlsIn(out)[0]).toBe('http://127.0.0.1:3000/slack/events');
  });

  it('is refused for a host and Socket Mode at once', async () => {
    expect(await type('manifest --socket --url https://bot.acme.example')).toMatchObject({
      code: 2,
      said: expect.stringMatching(/--url or --socket, not both/),
    });
  });
});
