/** What the pane loads from where, and which further Outlooks may show it. */
import * as z from 'zod/mini';
import type { Problems } from './read-settings';
import { httpUrl, textList } from './setting';
import type { Setting, SettingValues } from './setting';

export interface OutlookConfig {
  readonly officeJs: {
    /** What the pages load. */
    readonly url: string;
    /** Origin of it when it is not the own one. */
    readonly origin?: string;
    /** The copy of the package is served. */
    readonly local: boolean;
  };
  /** Further origins that may frame the pane: an Outlook on the web on premises. */
  readonly outlookOrigins: readonly string[];
}

export const officeJsCdn = 'https://appsforoffice.microsoft.com/lib/1/hosted/office.js';
/** Where the copy of office.js is served with `local`, below the base path. */
export const officeJsLocalPath = '/office-js/office.js';

const officeJs: Setting<string> = {
  variable: 'OFFICE_JS',
  schema: z.string().check(z.refine((written) => officeJsSource(written, '') !== undefined)),
  expected: 'has to be cdn, local, a path that begins with /, or an https address.',
};

export const outlookSettings = {
  'outlook.officeJs': officeJs,
  'outlook.origins': textList('OUTLOOK_ORIGINS', 'has to be a list of origins such as https://mail.example.com.'),
};

export function resolveOutlook(
  values: SettingValues<typeof outlookSettings>,
  { wrong }: Problems<typeof outlookSettings>,
  basePath: string,
): OutlookConfig {
  const outlookOrigins: string[] = [];
  for (const origin of values['outlook.origins'] ?? []) {
    const url = httpUrl(origin);
    if (url?.protocol === 'https:' && url.pathname === '/') outlookOrigins.push(url.origin);
    else wrong('outlook.origins', `${origin} is no origin such as https://mail.example.com.`);
  }
  const cdn = { url: officeJsCdn, origin: new URL(officeJsCdn).origin, local: false };
  return { officeJs: officeJsSource(values['outlook.officeJs'] ?? 'cdn', basePath) ?? cdn, outlookOrigins };
}

function officeJsSource(written: string, basePath: string): OutlookConfig['officeJs'] | undefined {
  if (written === 'cdn') return { url: officeJsCdn, origin: new URL(officeJsCdn).origin, local: false };
  if (written === 'local') return { url: basePath + officeJsLocalPath, local: true };
  if (/^\/(?!\/)[\w./-]*$/.test(written)) return { url: written, local: false };
  const url = httpUrl(written);
  return url?.protocol === 'https:' ? { url: url.href, origin: url.origin, local: false } : undefined;
}
