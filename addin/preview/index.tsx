/** Starts the preview page: reads what the demo has, then shows Outlook. */
import { createRoot } from 'react-dom/client';
import { fetchMailboxPeople, fetchMailboxToken } from './demo-data';
import { composeItems, type PreviewPerson } from './items';
import { createPhoneClient, type DemoPhone } from './phone-client';
import { demoUser, Preview } from './preview';
import type { PreviewHost } from './preview-host';
import { createPreviewModel } from './preview-model';

const colours = {
  light: { background: '#ffffff', foreground: '#242424', dark: false },
  dark: { background: '#292929', foreground: '#ffffff', dark: true },
  'high-contrast': { background: '#000000', foreground: '#ffffff', dark: true },
};

/** The extension of demo/site.csv whose phone rings until somebody does something. */
const nobodyAnswers = '348';

async function start(container: HTMLElement): Promise<void> {
  const phoneClient = createPhoneClient();
  const [token, phones] = await Promise.all([
    fetchMailboxToken('Contacts.Read').catch(() => undefined),
    phoneClient.phones().catch((): readonly DemoPhone[] => []),
  ]);
  const phone = phones.find(({ extension }) => extension === demoUser.user);
  const me: PreviewPerson = { name: phone?.displayName ?? demoUser.user, email: token?.account.username ?? '' };
  const contacts = token === undefined ? [] : await fetchMailboxPeople(token);
  const others = phones.filter((candidate) => candidate !== phone);
  // The demo's users have their addresses in the mailbox's domain, by their names.
  const domain = me.email.split('@')[1] ?? 'localhost';
  const colleagues = others.map(({ displayName }) => ({ name: displayName, email: addressOf(displayName, domain) }));

  const people = contacts.filter(({ name }) => !colleagues.some((colleague) => colleague.name === name));
  const model = createPreviewModel(me, navigator.language.startsWith('de') ? 'de' : 'en');
  const host: PreviewHost = {
    me,
    item: model.item,
    colours: () => colours[model.state().theme],
    language: () => (model.state().language === 'de' ? 'de-DE' : 'en-US'),
    onChanged: model.onChanged,
    notify: model.notify,
    associate: (_frame, name, handler) => model.associate(name, handler),
    closePane: () => model.closePane(),
    mailboxToken: fetchMailboxToken,
    roamingSettings: new Map(),
  };
  window.myContactsPreview = host;
  model.setItems(composeItems(me, people, colleagues, new Date()));
  document.body.style.margin = '0';
  createRoot(container).render(
    <Preview
      model={model}
      me={me}
      phoneClient={phoneClient}
      phone={phone}
      colleague={others[0]}
      ringing={others.find(({ extension }) => extension === nobodyAnswers)}
    />,
  );
}

/** `Jürgen Groß` → `juergen.gross@…`. */
function addressOf(name: string, domain: string): string {
  const written: Readonly<Record<string, string>> = {
    ä: 'ae',
    ö: 'oe',
    ü: 'ue',
    ß: 'ss',
    ø: 'oe',
    æ: 'ae',
    å: 'aa',
    ł: 'l',
  };
  const plain = name.toLowerCase().replace(/[äöüßøæåł]/g, (letter) => written[letter] ?? letter);
  return `${plain
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '.')}@${domain}`;
}

const container = document.getElementById('root');
if (container) void start(container);
