/**
 * The owner's sign-in at the identity provider, by which he lets the service read his mailbox while he is away:
 * authorization code with PKCE on a page of the provider's (RFC 6749 §4.1, RFC 7636).
 */
export interface OwnerSignIn {
  /** Address of the provider's page. `state` comes back with the code. */
  pageUrl(request: {
    readonly state: string;
    readonly verifier: string;
    /** The mailbox, to be suggested on the page. */
    readonly address: string;
  }): Promise<string>;
  /**
   * Exchanges the code. @throws CredentialError
   * @returns the secret to keep, and the addresses under which the provider knows who signed in, in lower case
   */
  redeem(answer: {
    readonly code: string;
    readonly verifier: string;
  }): Promise<{ readonly secret: string; readonly addresses: readonly string[] }>;
}
