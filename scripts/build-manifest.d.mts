/** Address of a manifest that names none. */
export const defaultBaseUrl: string;

/** The manifest's text. `baseUrls`: https addresses without a slash at the end, the pane's first. */
export function manifestXml(options: {
  readonly version: string;
  readonly baseUrls?: readonly string[];
  readonly ownTab?: boolean;
}): string;
