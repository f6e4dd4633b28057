/** The JSON that the demo mailbox stores and sends, named as Graph names it. */

export interface EmailAddressJson {
  readonly name?: string;
  readonly address: string;
}

/** What can be set on a contact. What is left out is null or empty in answers, as Graph sends it. */
export interface ContactContent {
  readonly displayName?: string | null;
  readonly givenName?: string | null;
  readonly surname?: string | null;
  readonly fileAs?: string | null;
  readonly companyName?: string | null;
  readonly department?: string | null;
  readonly jobTitle?: string | null;
  readonly businessPhones?: readonly string[];
  readonly homePhones?: readonly string[];
  readonly mobilePhone?: string | null;
  readonly emailAddresses?: readonly EmailAddressJson[];
  readonly personalNotes?: string | null;
  /** `1974-07-22` or a time; Graph sends both. */
  readonly birthday?: string | null;
  readonly categories?: readonly string[];
}

/** A folder of a mailbox before it has an id. `parent` names another folder's key; without it: the default folder. */
export interface FolderContent {
  readonly key: string;
  readonly name: string;
  readonly parent?: string;
}

/** What a mailbox holds at the start. */
export interface MailboxContents {
  /** Folders besides the default one. */
  readonly folders: readonly FolderContent[];
  /** Contacts with the key of their folder; without one: the default folder. */
  readonly contacts: readonly {
    readonly folder?: string;
    readonly contact: ContactContent;
    /** It has a photo, drawn when it is asked for. */
    readonly hasPhoto?: boolean;
  }[];
  /**
   * Personal contact lists ("contact groups") in the default folder. Graph never returns them as contacts, yet counts
   * them in `@odata.count`.
   */
  readonly contactLists?: number;
}

/** A contact as the mailbox keeps it. */
export interface StoredItem {
  readonly id: string;
  readonly folderId: string;
  readonly content: ContactContent;
  /** `drawn`: as the demo draws it for this contact. Absent: none. */
  readonly photo?: Uint8Array | 'drawn' | undefined;
  readonly createdAt: string;
  readonly changedAt: string;
  /** Position in the mailbox's history at which it changed last. */
  readonly seq: number;
  /** Properties changed last, for answers that carry only those. */
  readonly changedProperties: readonly string[];
}

/** A folder as the mailbox keeps it. */
export interface StoredFolder {
  readonly id: string;
  readonly name: string;
  readonly parentId: string;
}
