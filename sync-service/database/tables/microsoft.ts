/** Accounts of Microsoft Entra ID and whose they are here. */
export interface MicrosoftIdentitiesTable {
  /** `tid`: the organisation. Together with `object_id` it never changes and is never given to somebody else. */
  tenant_id: string;
  /** `oid` */
  object_id: string;
  user_id: string;
  /** Name of the account as it was at the last sign-in, for people to read. */
  account_name: string;
  /** `rule` or `user` */
  linked_by: string;
  linked_at: string;
  /** Set: the account belongs to nobody until its user links it again with his password; no rule does. */
  unlinked_at: string | null;
}
