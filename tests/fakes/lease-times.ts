/** Times of a link to the server that are short enough to wait for. */
export const leaseTimes = { heartbeatMs: 100, leaseMs: 700, silenceMs: 1000 };
