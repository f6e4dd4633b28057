/** Serves the figures on a port of their own, so that no proxy in front of the service shows them to everybody. */
import type { RequestListener } from 'node:http';
import type { Logger } from 'pino';
import type { Metrics } from './metrics';

/** Answers `GET /metrics` and nothing else. */
export function createMetricsListener(metrics: Metrics, logger: Logger): RequestListener {
  return (request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    const path = request.url?.split('?')[0];
    if (path !== '/metrics') {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('The figures are at /metrics.\n');
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'Content-Type': metrics.contentType }).end(text),
      (error: unknown) => {
        logger.error({ err: error }, 'figures could not be collected');
        response.writeHead(500).end();
      },
    );
  };
}
