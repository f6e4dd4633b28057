/** Faults that the demo mailbox shows on demand. Each counts down with the requests that it struck. */

/** What happens to one request before it is looked at. */
export type RequestFault =
  | { readonly type: 'status'; readonly status: 429 | 500 | 502 | 503 | 504; readonly retryAfter?: string }
  | { readonly type: 'drop'; readonly moment: 'before-answer' | 'in-answer' };

/** What happens to one delta page. */
export type PageFault = 'empty-page' | 'repeat-page' | 'repeat-items' | 'partial-items';

export interface Faults {
  /** Strikes the next `times` requests; faults queue in the order in which they were asked for. */
  request(fault: RequestFault, times: number): void;
  /** Strikes the next `times` delta pages. */
  page(fault: PageFault, times: number): void;
  takeRequest(): RequestFault | undefined;
  takePage(): PageFault | undefined;
  /** Nothing is wrong any more. */
  heal(): void;
}

/** No faults to begin with. */
export function createFaults(): Faults {
  let requests: RequestFault[] = [];
  let pages: PageFault[] = [];
  return {
    request(fault, times) {
      for (let n = 0; n < times; n += 1) requests.push(fault);
    },
    page(fault, times) {
      for (let n = 0; n < times; n += 1) pages.push(fault);
    },
    takeRequest: () => requests.shift(),
    takePage: () => pages.shift(),
    heal() {
      requests = [];
      pages = [];
    },
  };
}
