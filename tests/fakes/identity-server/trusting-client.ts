/** Clients that believe the server's certificate, for code in the same process. */
import { request as httpsRequest } from 'node:https';
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';

/** `fetch` that believes `ca`. Redirects are not followed. */
export function createTrustingFetch(ca: string): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const body = Buffer.from(await request.arrayBuffer());
    return new Promise<Response>((resolve, reject) => {
      const sent = httpsRequest(
        request.url,
        { method: request.method, headers: Object.fromEntries(request.headers), ca, signal: request.signal },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('error', reject);
          answer.on('end', () => {
            const headers = new Headers();
            for (const [name, value] of Object.entries(answer.headers)) {
              for (const one of [value ?? []].flat()) headers.append(name, one);
            }
            const status = answer.statusCode ?? 500;
            const noBody = status === 204 || status === 304;
            resolve(new Response(noBody ? null : Buffer.concat(parts), { status, headers }));
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  };
}

/** The same as `networkClient` of MSAL for Node. */
export function createTrustingNetwork(fetching: typeof fetch): INetworkModule {
  const send = async <T>(url: string, method: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> => {
    const answer = await fetching(url, {
      method,
      ...(options?.headers && { headers: options.headers }),
      ...(options?.body !== undefined && { body: options.body }),
    });
    // The type of the body is what the caller of MSAL's interface says it is.
    const body = (await answer.json()) as T;
    return { headers: Object.fromEntries(answer.headers), body, status: answer.status };
  };
  return {
    sendGetRequestAsync: (url, options) => send(url, 'GET', options),
    sendPostRequestAsync: (url, options) => send(url, 'POST', options),
  };
}
