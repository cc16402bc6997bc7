import { Fault } from '../kernel/fault.ts';

/** What only looks. Everything else changes something, whatever it is called next year. */
const looks = /^(Describe|List|Get|BatchGet|BatchDescribe|Query|Search|Head)/;

/** Middleware that stops every call that could change something before it is even signed. */
export function onlyLook<A, O>(
  next: (args: A) => Promise<O>,
  { commandName = '', clientName = 'AWS' }: { commandName?: string; clientName?: string },
): (args: A) => Promise<O> {
  return async function look(args) {
    const operation = commandName.replace(/Command$/, '');
    if (looks.test(operation)) return await next(args);
    throw new Fault('aws-read-only', `${clientName} ${operation} was not sent: this world may only look at AWS.`);
  };
}

/** Where it stands: before serialising, signing and sending. */
export const beforeAll = { step: 'initialize', name: 'understudyReadOnly', priority: 'high' } as const;
