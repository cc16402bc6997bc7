import { xmlElement } from '../kit/xml.ts';
import type { AwsRequest } from '../service.ts';

const namespace = 'http://sns.amazonaws.com/doc/2010-03-31/';

/** The parameters of a query-protocol request: the form body of a POST, the query of a link that somebody follows. */
export function parametersOf(request: AwsRequest): URLSearchParams {
  return request.method === 'POST' ? new URLSearchParams(request.body.toString('utf8')) : request.query;
}

/** `Attributes.entry.1.key=…&Attributes.entry.1.value=…` */
export function mapParameter(parameters: URLSearchParams, name: string): Record<string, string> {
  const map: Record<string, string> = {};
  for (let number = 1; parameters.has(`${name}.entry.${number}.key`); number += 1) {
    const key = parameters.get(`${name}.entry.${number}.key`) ?? '';
    map[key] = parameters.get(`${name}.entry.${number}.value`) ?? '';
  }
  return map;
}

/** `<PublishResponse><PublishResult>…</PublishResult>…`; the result is XML already. */
export function queryReply(action: string, result: string): string {
  const metadata = `<ResponseMetadata>${xmlElement('RequestId', 'local')}</ResponseMetadata>`;
  return `<${action}Response xmlns="${namespace}"><${action}Result>${result}</${action}Result>${metadata}</${action}Response>`;
}

export function xmlMap(name: string, map: Readonly<Record<string, string>>): string {
  const entries = Object.entries(map).map(
    ([key, value]) => `<entry>${xmlElement('key', key)}${xmlElement('value', value)}</entry>`,
  );
  return `<${name}>${entries.join('')}</${name}>`;
}

export function xmlMembers(name: string, members: readonly Readonly<Record<string, string>>[]): string {
  const items = members.map((member) => {
    const fields = Object.entries(member).map(([key, value]) => xmlElement(key, value));
    return `<member>${fields.join('')}</member>`;
  });
  return `<${name}>${items.join('')}</${name}>`;
}
