/** Tokens that only this server can make: access tokens and the state tokens of delta queries. Edited ones do not open. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface TokenSeal {
  seal(content: unknown): string;
  /** The content, or undefined for a token that was not sealed here. */
  open(token: string): unknown;
}

/** A seal with a key of its own; it lives as long as the process. */
export function createTokenSeal(): TokenSeal {
  const key = randomBytes(32);
  const sign = (body: string): Buffer => createHmac('sha256', key).update(body).digest();
  return {
    seal(content) {
      const body = Buffer.from(JSON.stringify(content)).toString('base64url');
      return `${body}.${sign(body).toString('base64url')}`;
    },
    open(token) {
      const [body, signature, ...rest] = token.split('.');
      if (body === undefined || signature === undefined || rest.length > 0) return undefined;
      const expected = sign(body);
      const given = Buffer.from(signature, 'base64url');
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      // The last character of base64url may differ without changing the bytes; that is an edit, too.
      if (given.toString('base64url') !== signature) return undefined;
      return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as unknown;
    },
  };
}
