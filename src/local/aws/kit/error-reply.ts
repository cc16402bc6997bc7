import type { AwsError, AwsReply, AwsRequest } from '../service.ts';
import { jsonErrorReply, queryErrorHeaders } from './json-service.ts';
import { xmlElement } from './xml.ts';

/** The protocol in which a request wants its errors. */
export type ErrorTongue = 'json' | 'query' | 's3';

export function errorTongue(request: AwsRequest): ErrorTongue {
  if (request.headers['x-amz-target'] || /^\/endpoints\//.test(request.path)) return 'json';
  if ((request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) return 'query';
  return 's3';
}

/** An error in the words of whichever protocol the request spoke. */
export function errorReplyFor(request: AwsRequest, error: AwsError): AwsReply {
  switch (errorTongue(request)) {
    case 'json':
      return jsonReply(request, error);
    case 'query':
      return xmlReply(
        error,
        `<ErrorResponse><Error>${xmlElement('Type', error.status < 500 ? 'Sender' : 'Receiver')}${codeAndMessage(error)}</Error><RequestId>local</RequestId></ErrorResponse>`,
      );
    default:
      return s3ErrorReply(error);
  }
}

/** S3's error document. */
export function s3ErrorReply(error: AwsError): AwsReply {
  return xmlReply(error, `<?xml version="1.0" encoding="UTF-8"?><Error>${codeAndMessage(error)}</Error>`);
}

function jsonReply(request: AwsRequest, error: AwsError): AwsReply {
  const protocol = (request.headers['content-type'] ?? '').endsWith('1.0') ? '1.0' : '1.1';
  const plain = jsonErrorReply(error, protocol);
  const queryMode = request.headers['x-amzn-query-mode'] === 'true';
  return queryMode ? { ...plain, headers: { ...plain.headers, ...queryErrorHeaders(error) } } : plain;
}

function codeAndMessage(error: AwsError): string {
  return xmlElement('Code', error.code) + xmlElement('Message', error.message);
}

function xmlReply(error: AwsError, body: string): AwsReply {
  return { status: error.status, headers: { 'content-type': 'application/xml' }, body };
}
