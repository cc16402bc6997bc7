import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EpochMs, instant, isoInstant } from '../../src/kernel/time.ts';
import { type DomainClock, openDomainClock } from '../../src/local/clock/domain-clock.ts';
import { featureTable } from '../../src/local/data/employees/feature-table.ts';
import { openTraffic, type TrafficPlan } from '../../src/local/data/traffic/open-traffic.ts';

type Seen = { at: string; path: string; inferenceId: string; contentType: string; body: string };

let server: Server;
let runtime: SageMakerRuntimeClient;
let clock: DomainClock;
let seen: Seen[];
let status: number;

/** Stands where the SageMaker runtime would: notes each request, answers a score or a model error. */
beforeEach(async () => {
  seen = [];
  status = 200;
  clock = openDomainClock(instant(Date.UTC(2026, 10, 23, 9, 0, 30)));
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const header = (name: string): string => String(request.headers[name] ?? '');
      seen.push({
        at: isoInstant(clock.now()),
        path: request.url ?? '',
        inferenceId: header('x-amzn-sagemaker-inference-id'),
        contentType: header('content-type'),
        body: Buffer.concat(chunks).toString('utf8'),
      });
      response.writeHead(status, status === 200 ? {} : { 'x-amzn-errortype': 'ValidationError' });
      response.end(status === 200 ? '0.0421' : '{"message":"Endpoint promo is not in service."}');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  runtime = new SageMakerRuntimeClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});

afterEach(() => {
  clock.close();
  runtime.destroy();
  server.closeAllConnections();
  server.close();
});

const open = (more: Partial<TrafficPlan> = {}) =>
  openTraffic({ clock, runtime, endpoint: 'promo', perMinute: 6, seed: 'calm', ...more });

describe('traffic', () => {
  it('starts at the next whole minute and spreads its requests over each', async () => {
    open().start();
    await clock.advance(29_999);
    expect(seen).toEqual([]);
    await clock.advance(60_000);
    expect(seen.map((one) => one.at.slice(11, 19))).toEqual([
      '09:01:00',
      '09:01:10',
      '09:01:20',
      '09:01:30',
      '09:01:40',
      '09:01:50',
    ]);
    await clock.advance(60_000);
    expect(seen.length).toBe(12);
  });

  it('calls the endpoint as a client would, one employee each, ids counted up', async () => {
    const traffic = open();
    traffic.start();
    await clock.advance(90_000);
    expect(seen[0]?.path).toBe('/endpoints/promo/invocations');
    expect(seen[0]?.contentType).toBe('text/csv');
    expect(seen.slice(0, 2).map((one) => one.inferenceId)).toEqual(['emp-calm-1', 'emp-calm-2']);
    expect(featureTable(seen.map((one) => one.body.split(','))).rows).toBe(seen.length);
    expect(traffic.sent()).toBe(seen.length);
    expect(traffic.pending()).toBe(0);
  });

  it('sends the same employees for the same seed and others for another', async () => {
    await clock.advance(29_999);
    for (const seed of ['calm', 'calm', 'wild']) {
      const traffic = open({ seed });
      traffic.start();
      await clock.advance(60_000);
      traffic.stop();
    }
    const bodies = seen.map((one) => one.body);
    expect(bodies.slice(0, 6)).toEqual(bodies.slice(6, 12));
    expect(bodies.slice(0, 6)).not.toEqual(bodies.slice(12, 18));
  });

  it('keeps the true label of each request, about one in twelve promoted', async () => {
    const traffic = open({ perMinute: 600 });
    traffic.start();
    await clock.advance(89_999);
    const labels = seen.map((one) => traffic.labelOf(one.inferenceId));
    expect(labels.length).toBe(600);
    const promoted = labels.filter((label) => label === 1).length;
    expect(labels.every((label) => label !== undefined)).toBe(true);
    expect(promoted).toBeGreaterThan(25);
    expect(promoted).toBeLessThan(80);
    expect(traffic.labelOf('emp-calm-601')).toBeUndefined();
    expect(traffic.labelOf('emp-other-1')).toBeUndefined();
  });

  it('outlives an endpoint that is not in service, and says how often it failed', async () => {
    const traffic = open();
    status = 400;
    traffic.start();
    await clock.advance(89_999);
    expect(traffic.failed()).toBe(6);
    expect(traffic.lastFailure()).toBe('ValidationError: Endpoint promo is not in service.');
    status = 200;
    await clock.advance(60_000);
    expect(traffic.failed()).toBe(6);
    expect(traffic.sent()).toBe(12);
  });

  it('stops when told, and starts again with the next employee', async () => {
    const traffic = open();
    traffic.start();
    traffic.start();
    await clock.advance(89_999);
    traffic.stop();
    await clock.advance(120_000);
    expect(seen.length).toBe(6);
    traffic.start();
    await clock.advance(60_000);
    expect(seen.map((one) => one.inferenceId).slice(5, 8)).toEqual(['emp-calm-6', 'emp-calm-7', 'emp-calm-8']);
    expect(new Set(seen.map((one) => one.inferenceId)).size).toBe(seen.length);
    expect(seen.length).toBe(12);
  });

  it('may change employees on their way, at the instant they are sent', async () => {
    const instants: EpochMs[] = [];
    const traffic = open({
      alter: (employee, at) => {
        instants.push(at);
        return { ...employee, previousYearRating: null, trainingScore: 99 };
      },
    });
    traffic.start();
    await clock.advance(60_000);
    expect(seen.every((one) => one.body.endsWith(',99') && one.body.split(',')[7] === '')).toBe(true);
    expect(instants[0]).toBe(Date.UTC(2026, 10, 23, 9, 1, 0));
  });

  it('refuses a pace that is no whole number', () => {
    expect(() => open({ perMinute: 0.5 })).toThrow(RangeError);
  });
});
