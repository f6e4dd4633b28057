/**
 * The add-in only manifest as XML. `VersionOverrides` 1.0 and 1.1 describe the same buttons: older Outlooks read the outer
 * ones, newer ones the inner ones, which alone may pin the pane and name the registration in Entra ID.
 */
import { ribbonCommands, ribbonGroupLabel } from '../../shared/ribbon';
import type { RibbonAction, RibbonItem, RibbonText } from '../../shared/ribbon';

/** For every Outlook, with a group on the default tab; or with an own ribbon tab, which classic Outlook on Windows shows. */
export const manifestVariants = ['microsoft-365', 'ribbon-tab'] as const;
export type ManifestVariant = (typeof manifestVariants)[number];

export interface ManifestDescription {
  /** As Outlook wants it: three numbers with dots between. */
  readonly version: string;
  readonly id: string;
  readonly variant: ManifestVariant;
  /** https address that serves the pane, without a slash at its end. */
  readonly baseUrl: string;
  /** Further addresses that the pane may go to (SYN-2), written as {@link baseUrl}. */
  readonly connections: readonly string[];
  /** Registration in Entra ID; absent where there is no Microsoft 365. */
  readonly microsoft?: { readonly clientId: string; readonly resource: string };
}

const iconSizes = [16, 20, 24, 32, 40, 48, 64, 80];

/** Where the group shows, with a prefix for the ids of its controls. Pinning exists for reading mails alone. */
const surfaces = [
  { point: 'MessageReadCommandSurface', id: 'mailRead', pinnable: true },
  { point: 'MessageComposeCommandSurface', id: 'mailCompose', pinnable: false },
  { point: 'AppointmentOrganizerCommandSurface', id: 'eventOrganizer', pinnable: false },
  { point: 'AppointmentAttendeeCommandSurface', id: 'eventAttendee', pinnable: false },
] as const;
type Surface = (typeof surfaces)[number];

const overridesVersions = {
  v10: ['http://schemas.microsoft.com/office/mailappversionoverrides', 'VersionOverridesV1_0'],
  v11: ['http://schemas.microsoft.com/office/mailappversionoverrides/1.1', 'VersionOverridesV1_1'],
} as const;
type OverridesVersion = keyof typeof overridesVersions;

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Indents every line of a block. */
const indent = (block: string, spaces: number): string => block.replace(/^(?=.)/gm, ' '.repeat(spaces));

function looks({ id, icon }: RibbonItem): string {
  const images = iconSizes.map((size) => `  <bt:Image size="${size}" resid="${icon}.${size}"/>`).join('\n');
  return `<Label resid="${id}.Label"/>
<Supertip>
  <Title resid="${id}.Label"/>
  <Description resid="${id}.Tip"/>
</Supertip>
<Icon>
${images}
</Icon>`;
}

/** Id of the page's address among the resources. */
const pageId = (item: RibbonItem): string => `${item.id}.Url`;

function actionXml(item: RibbonItem, action: Exclude<RibbonAction, { type: 'menu' }>, pinnable: boolean): string {
  if (action.type === 'function')
    return `<Action xsi:type="ExecuteFunction">\n  <FunctionName>${action.name}</FunctionName>\n</Action>`;
  const pinning = pinnable ? '\n  <SupportsPinning>true</SupportsPinning>' : '';
  return `<Action xsi:type="ShowTaskpane">\n  <SourceLocation resid="${pageId(item)}"/>${pinning}\n</Action>`;
}

function menuItem(item: RibbonItem, prefix: string, pinnable: boolean): string {
  if (item.action.type === 'menu') throw new Error(`${item.id}: Outlook has no menus inside menus.`);
  return `<Item id="${prefix}.${item.id}">
${indent(looks(item), 2)}
${indent(actionXml(item, item.action, pinnable), 2)}
</Item>`;
}

function control(item: RibbonItem, prefix: string, pinnable: boolean): string {
  const id = `${prefix}.${item.id}`;
  const { action } = item;
  const [type, does] =
    action.type === 'menu'
      ? [
          'Menu',
          `<Items>\n${indent(action.items.map((inner) => menuItem(inner, id, pinnable)).join('\n'), 2)}\n</Items>`,
        ]
      : ['Button', actionXml(item, action, pinnable)];
  return `<Control xsi:type="${type}" id="${id}">
${indent(looks(item), 2)}
${indent(does, 2)}
</Control>`;
}

function extensionPoint({ point, id, pinnable }: Surface, version: OverridesVersion, ownTab: boolean): string {
  const prefix = `${version}.${id}`;
  const controls = ribbonCommands.map((item) => control(item, prefix, pinnable && version === 'v11')).join('\n');
  const group = `<Group id="${prefix}.group">
  <Label resid="Group.Label"/>
${indent(controls, 2)}
</Group>`;
  const tab = ownTab
    ? `<CustomTab id="${prefix}.tab">
${indent(group, 2)}
  <Label resid="Group.Label"/>
</CustomTab>`
    : `<OfficeTab id="TabDefault">
${indent(group, 2)}
</OfficeTab>`;
  return `<ExtensionPoint xsi:type="${point}">
${indent(tab, 2)}
</ExtensionPoint>`;
}

/** All commands with those inside menus. */
const everyItem: readonly RibbonItem[] = ribbonCommands.flatMap((item) =>
  item.action.type === 'menu' ? [item, ...item.action.items] : [item],
);

function resources(baseUrl: string): string {
  const icons = [...new Set(everyItem.map(({ icon }) => icon))];
  const images = icons.flatMap((icon) =>
    iconSizes.map(
      (size) => `<bt:Image id="${icon}.${size}" DefaultValue="${escape(baseUrl)}/assets/${icon}-${size}.png"/>`,
    ),
  );
  const url = (id: string, page: string) => `<bt:Url id="${id}" DefaultValue="${escape(`${baseUrl}/${page}`)}"/>`;
  const urls = [
    url('Commands.Url', 'commands.html'),
    ...everyItem.flatMap((item) => {
      if (item.action.type !== 'pane') return [];
      const { hash } = item.action;
      return [url(pageId(item), hash === undefined ? 'taskpane.html' : `taskpane.html#${hash}`)];
    }),
  ];
  const string = (id: string, { en, de }: RibbonText) => `<bt:String id="${id}" DefaultValue="${escape(en)}">
  <bt:Override Locale="de-de" Value="${escape(de)}"/>
</bt:String>`;
  const labels = [
    string('Group.Label', ribbonGroupLabel),
    ...everyItem.map(({ id, label }) => string(`${id}.Label`, label)),
  ];
  const tips = everyItem.map(({ id, tip }) => string(`${id}.Tip`, tip));
  const part = (name: string, lines: readonly string[]) =>
    `<bt:${name}>\n${indent(lines.join('\n'), 2)}\n</bt:${name}>`;
  return `<Resources>
${indent(part('Images', images), 2)}
${indent(part('Urls', urls), 2)}
${indent(part('ShortStrings', labels), 2)}
${indent(part('LongStrings', tips), 2)}
</Resources>`;
}

/** Only the schema of 1.1 knows it, as its last part. */
function webApplicationInfo({ clientId, resource }: NonNullable<ManifestDescription['microsoft']>): string {
  return `<WebApplicationInfo>
  <Id>${escape(clientId)}</Id>
  <Resource>${escape(resource)}</Resource>
  <Scopes>
    <Scope>Contacts.Read</Scope>
    <Scope>profile</Scope>
  </Scopes>
</WebApplicationInfo>`;
}

function versionOverrides(version: OverridesVersion, description: ManifestDescription, last: string): string {
  const [namespace, type] = overridesVersions[version];
  const ownTab = description.variant === 'ribbon-tab';
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
${indent(resources(description.baseUrl), 2)}
${last === '' ? '' : `${indent(last, 2)}\n`}</VersionOverrides>`;
}

/** The manifest's text. */
export function manifestXml(description: ManifestDescription): string {
  const { version, id, baseUrl, connections, microsoft } = description;
  // Outlook wants each origin once, and the own one named as well: its dialogs ask for it.
  const origins = [...new Set([baseUrl, ...connections].map((url) => new URL(url).origin))];
  const domains = origins.map((origin) => `    <AppDomain>${escape(origin)}</AppDomain>`).join('\n');
  const inner = versionOverrides('v11', description, microsoft === undefined ? '' : webApplicationInfo(microsoft));
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- Written by npm run manifest; write it anew instead of changing it. -->
<OfficeApp xmlns="http://schemas.microsoft.com/office/appforoffice/1.1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:bt="http://schemas.microsoft.com/office/officeappbasictypes/1.0" xmlns:mailappor="http://schemas.microsoft.com/office/mailappversionoverrides/1.0" xsi:type="MailApp">
  <Id>${id}</Id>
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
${indent(versionOverrides('v10', description, inner), 2)}
</OfficeApp>
`;
}
