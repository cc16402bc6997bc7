import { patternForm, textForm } from './form.ts';

/** An address of a server, without a name or password in it: faults and announcements may show its origin. */
export function serverAddress(example: string) {
  return textForm({ words: 'an http or https address without user and password', example }, (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const plain = url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
    return plain ? text : undefined;
  });
}

/** A page for people. Its host still has to be among those that may become links. */
export function webAddress(example: string) {
  return textForm({ words: 'an https address', example }, (text) =>
    URL.canParse(text) && new URL(text).protocol === 'https:' ? text : undefined,
  );
}

/** True when the address can only reach this machine. */
export function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Scheme, host and port: all of an address that is ever printed. */
export function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : 'an address that cannot be read';
}

export function hostName() {
  const form = { words: 'a host name', example: 'runbooks.example.com' };
  return patternForm(form, /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i);
}

/** Where the bot's own server listens. */
export function listenHost() {
  return patternForm({ words: 'an address to listen on', example: '127.0.0.1' }, /^[A-Za-z0-9.:-]{1,253}$/);
}
