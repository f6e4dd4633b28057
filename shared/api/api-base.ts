/** Where the contract is served. In a file of its own: a client needs no list of all routes for it. */
export const apiBase = '/api/v1';
