/**
 * A command that is repeated with the same request id acts once. The first answer is given again for ten minutes;
 * a command that failed is forgotten at once, so that it can be tried again.
 */
export const requestMemoryMs = 10 * 60_000;
/** So many requests are remembered at most; the oldest go first. */
const maxRequests = 10_000;

export interface RequestMemory<T> {
  /** Runs `act`, or gives what it gave when it ran for this request before. */
  once(requestId: string, act: () => Promise<T>): Promise<T>;
}

export function createRequestMemory<T>(now: () => number): RequestMemory<T> {
  const requests = new Map<string, { readonly at: number; readonly answer: Promise<T> }>();

  /** A map keeps the order of insertion: the oldest come first. */
  function forgetOld(): void {
    for (const [requestId, { at }] of requests) {
      if (at + requestMemoryMs > now() && requests.size < maxRequests) return;
      requests.delete(requestId);
    }
  }

  return {
    once(requestId, act) {
      forgetOld();
      const known = requests.get(requestId);
      if (known !== undefined) return known.answer;
      const answer = act();
      requests.set(requestId, { at: now(), answer });
      answer.catch(() => {
        if (requests.get(requestId)?.answer === answer) requests.delete(requestId);
      });
      return answer;
    },
  };
}
