/** `Office.context` as it really comes: what the types promise is missing on some hosts and in a plain browser. */

export interface OfficeContext {
  readonly mailbox?: Office.Mailbox | undefined;
  readonly officeTheme?: { readonly bodyBackgroundColor?: string; readonly bodyForegroundColor?: string } | undefined;
  /** A text such as `OfficeOnline` or `PC` at run time; the types have it as an enumeration of numbers. */
  readonly platform?: unknown;
  readonly displayLanguage?: string | undefined;
  /** Absent on Outlook for Windows and Mac, where storage is not shared between origins. */
  readonly partitionKey?: string | undefined;
  readonly requirements?: { isSetSupported(name: string, version?: string): boolean } | undefined;
}

/** The context; empty where Office has none. */
export function officeContext(): OfficeContext {
  if (typeof Office === 'undefined') return {};
  // Before `Office.onReady`, and outside of Office, there is no context, whatever the types say.
  const office: { readonly context?: OfficeContext } = Office;
  return office.context ?? {};
}

/** True when this Outlook supports the requirement set; asked at run time, because the manifest demands Mailbox 1.5 only. */
export function supports(set: string, version: string): boolean {
  return officeContext().requirements?.isSetSupported(set, version) ?? false;
}
