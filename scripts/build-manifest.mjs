/**
 * Writes manifest.xml, the add-in only manifest, from one description of the buttons for all surfaces of Outlook.
 *
 *     node scripts/build-manifest.mjs                                   writes manifest.xml for https://localhost:8802
 *     node scripts/build-manifest.mjs --base-url https://pbx.example:8802 --out my-manifest.xml
 *     … --own-tab                                                       a ribbon tab of its own, for classic Outlook on Windows
 *
 * Several `--base-url` name further addresses of the same installation; the first serves the pane, all are AppDomains.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** Never change it: Outlook knows an installed add-in by it. */
const addinId = '5f2d8f0e-7c41-4a65-9b0e-3f6f0c9a2d17';
export const defaultBaseUrl = 'https://localhost:8802';

const iconSizes = [16, 20, 24, 32, 40, 48, 64, 80];
const icons = ['icon', 'sync', 'settings'];

/** Texts by resource id: English, German, and whether it is a long one. */
const texts = {
  'Group.Label': ['myContacts', 'myContacts'],
  'Open.Label': ['myContacts', 'myContacts'],
  'Open.Tip': [
    'Shows people of the open item with their numbers, searches your directories and dials.',
    'Zeigt die Personen des geöffneten Elements mit ihren Rufnummern, sucht in Ihren Verzeichnissen und wählt.',
    true,
  ],
  'Sync.Label': ['Sync now', 'Jetzt synchronisieren'],
  'Sync.Tip': [
    'Brings your Outlook contacts to your telephone directory now.',
    'Bringt Ihre Outlook-Kontakte jetzt in Ihr Telefonverzeichnis.',
    true,
  ],
  'Settings.Label': ['Settings', 'Einstellungen'],
  'Settings.Tip': ['Settings of myContacts.', 'Einstellungen von myContacts.', true],
  'Server.Label': ['UC server', 'UC-Server'],
  'Server.Tip': ['Connection, telephone and appearance.', 'Verbindung, Telefon und Darstellung.', true],
  'ContactSync.Label': ['Contact sync', 'Kontaktabgleich'],
  'ContactSync.Tip': [
    'Interval, what is imported, files and the result of the last sync.',
    'Intervall, was importiert wird, Dateien und das Ergebnis des letzten Abgleichs.',
    true,
  ],
  'About.Label': ['About', 'Info'],
  'About.Tip': ['Version of myContacts.', 'Version von myContacts.', true],
};

/** Pages by resource id. A place of the pane stands in the hash. */
const pages = {
  'Commands.Url': 'commands.html',
  'Taskpane.Url': 'taskpane.html',
  'Settings.Url': 'taskpane.html#settings',
  'ContactSync.Url': 'taskpane.html#sync',
};

/** Where the group shows, with a prefix for the ids of its controls. Pinning exists for reading mails alone. */
const surfaces = [
  { point: 'MessageReadCommandSurface', id: 'mailRead', pinnable: true },
  { point: 'MessageComposeCommandSurface', id: 'mailCompose', pinnable: false },
  { point: 'AppointmentOrganizerCommandSurface', id: 'eventOrganizer', pinnable: false },
  { point: 'AppointmentAttendeeCommandSurface', id: 'eventAttendee', pinnable: false },
];

const escape = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Indents every line of a block. */
const indent = (block, spaces) => block.replace(/^(?=.)/gm, ' '.repeat(spaces));

function looks(text, icon) {
  const images = iconSizes.map((size) => `  <bt:Image size="${size}" resid="${icon}.${size}"/>`).join('\n');
  return `<Label resid="${text}.Label"/>
<Supertip>
  <Title resid="${text}.Label"/>
  <Description resid="${text}.Tip"/>
</Supertip>
<Icon>
${images}
</Icon>`;
}

function showPane(url, pinnable = false) {
  const pinning = pinnable ? '\n  <SupportsPinning>true</SupportsPinning>' : '';
  return `<Action xsi:type="ShowTaskpane">
  <SourceLocation resid="${url}"/>${pinning}
</Action>`;
}

function button(id, text, icon, action) {
  return `<Control xsi:type="Button" id="${id}">
${indent(looks(text, icon), 2)}
${indent(action, 2)}
</Control>`;
}

function menuItem(id, text, icon, action) {
  return `<Item id="${id}">
${indent(looks(text, icon), 2)}
${indent(action, 2)}
</Item>`;
}

function group(prefix, pinnable) {
  const items = [
    menuItem(`${prefix}.settings.server`, 'Server', 'settings', showPane('Settings.Url')),
    menuItem(`${prefix}.settings.contactSync`, 'ContactSync', 'sync', showPane('ContactSync.Url')),
    menuItem(`${prefix}.settings.about`, 'About', 'icon', showPane('Settings.Url')),
  ].join('\n');
  const menu = `<Control xsi:type="Menu" id="${prefix}.settings">
${indent(looks('Settings', 'settings'), 2)}
  <Items>
${indent(items, 4)}
  </Items>
</Control>`;
  const sync = '<Action xsi:type="ExecuteFunction">\n  <FunctionName>syncNow</FunctionName>\n</Action>';
  return `<Group id="${prefix}.group">
  <Label resid="Group.Label"/>
${indent(button(`${prefix}.open`, 'Open', 'icon', showPane('Taskpane.Url', pinnable)), 2)}
${indent(button(`${prefix}.sync`, 'Sync', 'sync', sync), 2)}
${indent(menu, 2)}
</Group>`;
}

function extensionPoint({ point, id, pinnable }, version, ownTab) {
  const prefix = `${version}.${id}`;
  const content = group(prefix, pinnable && version === 'v11');
  const tab = ownTab
    ? `<CustomTab id="${prefix}.tab">
${indent(content, 2)}
  <Label resid="Group.Label"/>
</CustomTab>`
    : `<OfficeTab id="TabDefault">
${indent(content, 2)}
</OfficeTab>`;
  return `<ExtensionPoint xsi:type="${point}">
${indent(tab, 2)}
</ExtensionPoint>`;
}

function resources(baseUrl) {
  const images = icons.flatMap((icon) =>
    iconSizes.map(
      (size) => `<bt:Image id="${icon}.${size}" DefaultValue="${escape(baseUrl)}/assets/${icon}-${size}.png"/>`,
    ),
  );
  const urls = Object.entries(pages).map(
    ([id, page]) => `<bt:Url id="${id}" DefaultValue="${escape(`${baseUrl}/${page}`)}"/>`,
  );
  const strings = (long) =>
    Object.entries(texts)
      .filter(([, [, , isLong]]) => Boolean(isLong) === long)
      .map(
        ([id, [en, de]]) => `<bt:String id="${id}" DefaultValue="${escape(en)}">
  <bt:Override Locale="de-de" Value="${escape(de)}"/>
</bt:String>`,
      );
  const part = (name, lines) => `<bt:${name}>\n${indent(lines.join('\n'), 2)}\n</bt:${name}>`;
  return `<Resources>
${indent(part('Images', images), 2)}
${indent(part('Urls', urls), 2)}
${indent(part('ShortStrings', strings(false)), 2)}
${indent(part('LongStrings', strings(true)), 2)}
</Resources>`;
}

function versionOverrides(version, baseUrl, ownTab, inner = '') {
  const [namespace, type] =
    version === 'v10'
      ? ['http://schemas.microsoft.com/office/mailappversionoverrides', 'VersionOverridesV1_0']
      : ['http://schemas.microsoft.com/office/mailappversionoverrides/1.1', 'VersionOverridesV1_1'];
  const points = surfaces.map((surface) => extensionPoint(surface, version, ownTab)).join('\n');
  return `<VersionOverrides xmlns="${namespace}" xsi:type="${type}">
  <Requirements>
    <bt:Sets DefaultMinVersion="1.5">
      <bt:Set Name="Mailbox"/>
    </bt:Sets>
  </Requirements>
  <Hosts>
    <Host xsi:type="MailHost">
      <DesktopFormFactor>
        <FunctionFile resid="Commands.Url"/>
${indent(points, 8)}
      </DesktopFormFactor>
    </Host>
  </Hosts>
${indent(resources(baseUrl), 2)}
${indent(inner, 2)}${inner === '' ? '' : '\n'}</VersionOverrides>`;
}

/** The manifest's text. @param baseUrls https addresses without a slash at the end, the pane's first */
export function manifestXml({ version, baseUrls = [defaultBaseUrl], ownTab = false }) {
  const [baseUrl] = baseUrls;
  const domains = baseUrls.map((url) => `    <AppDomain>${escape(new URL(url).origin)}</AppDomain>`).join('\n');
  const overrides = versionOverrides('v10', baseUrl, ownTab, versionOverrides('v11', baseUrl, ownTab));
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- Written by scripts/build-manifest.mjs; change it there. -->
<OfficeApp xmlns="http://schemas.microsoft.com/office/appforoffice/1.1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:bt="http://schemas.microsoft.com/office/officeappbasictypes/1.0" xmlns:mailappor="http://schemas.microsoft.com/office/mailappversionoverrides/1.0" xsi:type="MailApp">
  <Id>${addinId}</Id>
  <Version>${version}.0</Version>
  <ProviderName>myContacts</ProviderName>
  <DefaultLocale>en-us</DefaultLocale>
  <DisplayName DefaultValue="myContacts">
    <Override Locale="de-de" Value="myContacts"/>
  </DisplayName>
  <Description DefaultValue="Your Outlook contacts on every telephone, and the telephone in Outlook.">
    <Override Locale="de-de" Value="Ihre Outlook-Kontakte auf jedem Telefon, und das Telefon in Outlook."/>
  </Description>
  <IconUrl DefaultValue="${escape(baseUrl)}/assets/icon-64.png"/>
  <HighResolutionIconUrl DefaultValue="${escape(baseUrl)}/assets/icon-128.png"/>
  <SupportUrl DefaultValue="${escape(baseUrl)}/window"/>
  <AppDomains>
${domains}
  </AppDomains>
  <Hosts>
    <Host Name="Mailbox"/>
  </Hosts>
  <Requirements>
    <Sets>
      <Set Name="Mailbox" MinVersion="1.5"/>
    </Sets>
  </Requirements>
  <FormSettings>
    <Form xsi:type="ItemRead">
      <DesktopSettings>
        <SourceLocation DefaultValue="${escape(baseUrl)}/taskpane.html"/>
        <RequestedHeight>450</RequestedHeight>
      </DesktopSettings>
    </Form>
    <Form xsi:type="ItemEdit">
      <DesktopSettings>
        <SourceLocation DefaultValue="${escape(baseUrl)}/taskpane.html"/>
      </DesktopSettings>
    </Form>
  </FormSettings>
  <Permissions>ReadItem</Permissions>
  <Rule xsi:type="RuleCollection" Mode="Or">
    <Rule xsi:type="ItemIs" ItemType="Message" FormType="ReadOrEdit"/>
    <Rule xsi:type="ItemIs" ItemType="Appointment" FormType="ReadOrEdit"/>
  </Rule>
  <DisableEntityHighlighting>false</DisableEntityHighlighting>
${indent(overrides, 2)}
</OfficeApp>
`;
}

/** The value behind each occurrence of an option. */
function optionValues(args, name) {
  return args.flatMap((arg, index) => (arg === name && args[index + 1] !== undefined ? [args[index + 1]] : []));
}

function main(args) {
  const root = new URL('../', import.meta.url);
  const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  const given = optionValues(args, '--base-url').map((url) => url.replace(/\/+$/, ''));
  for (const url of given)
    if (new URL(url).protocol !== 'https:') throw new Error(`Outlook loads add-ins over https only: ${url}`);
  const [out = new URL('manifest.xml', root)] = optionValues(args, '--out');
  writeFileSync(
    out,
    manifestXml({ version, ownTab: args.includes('--own-tab'), ...(given.length > 0 ? { baseUrls: given } : {}) }),
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  main(process.argv.slice(2));
