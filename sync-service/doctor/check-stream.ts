/** Whether live events come through at once: three of them are sent within a second. */
import type { Answer } from './ask';
import { fail, ok } from './finding';
import type { Finding } from './finding';

/** The service sends them 400 ms apart. */
const leastBetweenMs = 300;

export function checkStream(probe: Answer): Finding[] {
  if (probe.status !== 200) {
    return [fail(`Live events: the probe answers ${probe.status}`, 'Let the proxy pass on everything below the path.')];
  }
  const findings: Finding[] = [];
  const encoding = probe.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    findings.push(
      fail(
        `Live events: they are compressed on the way (${encoding})`,
        'Turn compression off for this address (nginx: gzip off; Caddy: no encode).',
      ),
    );
  }
  const first = probe.arrivals[0]?.ms ?? 0;
  const last = probe.arrivals.at(-1)?.ms ?? 0;
  if (encoding === undefined && (probe.body.match(/^data: /gm) ?? []).length < 3) {
    findings.push(
      fail(
        'Live events: they are cut off on the way',
        'Raise the time limits of the proxy (nginx: proxy_read_timeout 1h).',
      ),
    );
  } else if (last - first < leastBetweenMs) {
    findings.push(
      fail(
        'Live events: they are held back on the way and arrive all at once',
        'Turn buffering off for this address (nginx: proxy_buffering off; Caddy: flush_interval -1): calls would be shown late.',
      ),
    );
  }
  return findings.length > 0 ? findings : [ok('Live events: they come through at once, not compressed')];
}
