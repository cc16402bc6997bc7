import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DomainClock } from './domain-clock.ts';

/** Serves the world's clock to bots in other processes: `/` one reading, `/stream` a JSON line for each change. Port 0: any. */
export async function serveClock(
  clock: DomainClock,
  port = 0,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const followers = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url !== '/stream') {
      response.end(JSON.stringify(clock.reading()));
      return;
    }
    response.write(`${JSON.stringify(clock.reading())}\n`);
    followers.add(response);
    request.on('close', () => followers.delete(response));
  });
  const stopTelling = clock.onChange((reading) => {
    for (const follower of followers) follower.write(`${JSON.stringify(reading)}\n`);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close: () => {
      stopTelling();
      for (const follower of followers) follower.end();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
