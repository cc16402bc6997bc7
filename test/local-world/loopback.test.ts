import { afterEach, describe, expect, it, vi } from 'vitest';
import { instant } from '../../src/kernel/time.ts';
import { leaveMachineEnvironment, localEnvironment } from '../../src/local/clean-environment.ts';
import { isLoopback, requireLoopback } from '../../src/local/loopback.ts';
import { openWorld } from '../../src/local/open-world.ts';

describe('the local world stays on this machine', () => {
  it.each([
    ['http://127.0.0.1:4001', true],
    ['http://127.0.0.2:4001/x', true],
    ['http://localhost:8000', true],
    ['http://[::1]:8000', true],
    ['http://10.0.0.5:8000', false],
    ['https://sagemaker.us-east-1.amazonaws.com', false],
    ['http://127.0.0.1.example.com', false],
    ['http://127.0.0.1@example.com', false],
    ['http://localhost.example.com', false],
    ['http://0.0.0.0:8000', false],
    ['http://169.254.169.254', false],
    ['127.0.0.1:4001', false],
    ['', false],
  ])('%s: %s', (address, stays) => {
    expect(isLoopback(address)).toBe(stays);
  });

  it('one address that leaves it is named, and nothing else of it', () => {
    const refused = () =>
      requireLoopback({ AWS: 'http://127.0.0.1:1', 'the store': 'http://ana:secret@10.0.0.5:8000/path' });
    expect(refused).toThrow(
      'The local world stays on this machine, but the store would be at http://10.0.0.5:8000. Nothing was started.',
    );
    expect(refused).toThrow(expect.objectContaining({ code: 'leaves-loopback' }));
    expect(refused).not.toThrow('secret');
  });
});

describe('a world that may not stand', () => {
  afterEach(() => {
    delete process.env.UNDERSTUDY_DYNAMODB_URL;
  });

  it('with a store elsewhere does not open, asks nobody, and leaves nothing open behind', async () => {
    process.env.UNDERSTUDY_DYNAMODB_URL = 'http://192.0.2.1:8000';
    const before = listening();
    const world = openWorld({ startAt: instant(0), speed: 0, versions: [] });
    await expect(world).rejects.toMatchObject({
      code: 'leaves-loopback',
      message: expect.stringContaining('the store would be at http://192.0.2.1:8000'),
    });
    await vi.waitFor(() => expect(listening()).toBe(before), { timeout: 2_000, interval: 5 });
  });

  it('takes no bot that listens elsewhere', async () => {
    const world = await openWorld({ startAt: instant(0), speed: 0, versions: [] });
    await expect(world.attach('http://192.0.2.1:3000')).rejects.toMatchObject({ code: 'leaves-loopback' });
    await world.close();
  });
});

/** Servers that this process has open. */
function listening(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'TCPServerWrap').length;
}

describe("the machine's environment is meant for other programs", () => {
  it('keys, profiles, addresses and proxies of it are left behind', () => {
    const environment: NodeJS.ProcessEnv = {
      AWS_ACCESS_KEY_ID: 'AKIAREAL',
      AWS_PROFILE: 'production',
      AWS_ENDPOINT_URL_SAGEMAKER: 'http://10.0.0.5',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.2',
      AWS_USE_FIPS_ENDPOINT: 'true',
      SLACK_API_URL: 'https://slack.com/api/',
      HTTPS_PROXY: 'http://10.0.0.5:3128',
      http_proxy: 'http://10.0.0.5:3128',
      no_proxy: 'example.com',
      PATH: '/usr/bin',
      UNDERSTUDY_DYNAMODB_URL: 'http://127.0.0.1:8000',
    };
    leaveMachineEnvironment(environment);
    expect(environment).toEqual({
      PATH: '/usr/bin',
      UNDERSTUDY_DYNAMODB_URL: 'http://127.0.0.1:8000',
      ...localEnvironment,
    });
  });
});
