import { Fault } from '../kernel/fault.ts';

/** True when the address can only reach this machine. */
export function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/**
 * The local world refuses to stand if one of its clients would leave this machine.
 * @param addresses what is reached, by the word for it: `{ 'the store': 'http://127.0.0.1:8000' }`
 * @throws {Fault} `leaves-loopback`, naming what and where but no more of the address than its origin
 */
export function requireLoopback(addresses: Readonly<Record<string, string>>): void {
  const away = Object.entries(addresses).filter(([, address]) => !isLoopback(address));
  if (away.length === 0) return;
  const places = away.map(([what, address]) => `${what} would be at ${originOf(address)}`);
  throw new Fault(
    'leaves-loopback',
    `The local world stays on this machine, but ${places.join(' and ')}. Nothing was started. Name an address such as http://127.0.0.1:8000, or take it away.`,
  );
}

function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : 'an address that cannot be read';
}
