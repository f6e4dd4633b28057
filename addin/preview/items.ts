/** What lies in the mailbox of the preview: mails, an appointment and drafts, written for the people that are handed in. */

export interface PreviewPerson {
  readonly name: string;
  readonly email: string;
}

interface ItemBase {
  readonly id: string;
  readonly subject: string;
  readonly body: readonly string[];
}

export interface PreviewMail extends ItemBase {
  readonly kind: 'mail';
  readonly folder: 'inbox' | 'sent';
  readonly from: PreviewPerson;
  readonly to: readonly PreviewPerson[];
  readonly cc: readonly PreviewPerson[];
  readonly received: Date;
}

export interface PreviewAppointment extends ItemBase {
  readonly kind: 'appointment';
  readonly folder: 'calendar';
  readonly organizer: PreviewPerson;
  readonly required: readonly PreviewPerson[];
  readonly optional: readonly PreviewPerson[];
  readonly start: Date;
  readonly end: Date;
  readonly location: string;
}

export interface PreviewDraft extends ItemBase {
  readonly kind: 'draft';
  readonly folder: 'drafts';
  readonly to: readonly PreviewPerson[];
  readonly cc: readonly PreviewPerson[];
}

export type PreviewItem = PreviewMail | PreviewAppointment | PreviewDraft;
export type PreviewFolder = PreviewItem['folder'];

const texts: readonly { subject: string; body: readonly string[] }[] = [
  {
    subject: 'Offer for the new reception desk',
    body: [
      'attached is the offer we talked about on the phone. The delivery time is four weeks; the price holds until the end of the month.',
      'Could you call me back today? I will be in the office until five.',
    ],
  },
  {
    subject: 'Rückfrage zur Lieferung',
    body: [
      'die Lieferung ist gestern angekommen, es fehlen aber zwei Kartons. Die Nummer des Lieferscheins ist 20418.',
      'Rufen Sie mich bitte kurz an, damit wir das klären.',
    ],
  },
  {
    subject: 'Minutes of Tuesday’s meeting',
    body: [
      'here are the minutes. Please look at item three, the new opening hours, and tell me by Thursday whether they suit your team.',
    ],
  },
  {
    subject: 'Invoice 4711 – address changed',
    body: [
      'our accounts department has moved. Please send the invoice once more with the new address; everything else stays as it is.',
    ],
  },
  {
    subject: 'Termin nächste Woche',
    body: ['passt Ihnen Mittwoch um zehn Uhr? Ich bringe die Muster mit.'],
  },
  {
    subject: 'Visit of the auditors',
    body: ['the auditors come on Monday. I have booked the large meeting room and ordered lunch for eight.'],
  },
  {
    subject: 'Training documents',
    body: ['as promised, the documents of the training. If anything is unclear, just ring me.'],
  },
  {
    subject: 'Kurzfristige Änderung am Auftrag',
    body: ['der Kunde möchte nun doch die größere Ausführung. Können wir das morgen früh besprechen?'],
  },
];

/** Minutes between two mails of the list, newest first. */
const minutesApart = [4, 37, 64, 190, 1100, 1500, 2900, 4400, 5800, 7300];

/**
 * The content of the mailbox.
 * @param me owner of the mailbox
 * @param contacts people of the mailbox's contacts; each writes one mail
 * @param colleagues people of the own site
 */
export function composeItems(
  me: PreviewPerson,
  contacts: readonly PreviewPerson[],
  colleagues: readonly PreviewPerson[],
  now: Date,
): PreviewItem[] {
  const writers =
    contacts.length > 0 ? interleave(contacts.slice(0, 6), colleagues.slice(0, 3)) : colleagues.slice(0, 6);
  const mails = writers.map((from, index): PreviewMail => {
    const text = texts[index % texts.length] ?? { subject: '', body: [] };
    const others = colleagues.filter(({ email }) => email !== from.email);
    return {
      kind: 'mail',
      folder: 'inbox',
      id: `mail-${index + 1}`,
      from,
      to: index % 3 === 2 ? [me, ...contacts.slice(6, 8)] : [me],
      cc: index % 2 === 1 ? others.slice(0, 2) : [],
      subject: text.subject,
      body: letter(text.body, from),
      received: new Date(now.getTime() - (minutesApart[index] ?? 9000 + index * 900) * 60_000),
    };
  });
  const first = writers[0];
  const sent: PreviewMail = {
    kind: 'mail',
    folder: 'sent',
    id: 'sent-1',
    from: me,
    to: first ? [first] : [],
    cc: colleagues.slice(0, 1),
    subject: `Re: ${mails[0]?.subject ?? ''}`,
    body: ['thank you, I will have a look and call you back.'],
    received: new Date(now.getTime() - 2 * 60_000),
  };
  const start = new Date(now);
  start.setHours(now.getHours() + 2, 0, 0, 0);
  const appointment: PreviewAppointment = {
    kind: 'appointment',
    folder: 'calendar',
    id: 'appointment-1',
    organizer: colleagues[0] ?? me,
    required: [me, ...contacts.slice(0, 2)],
    optional: colleagues.slice(1, 3),
    subject: 'Project review',
    body: ['Agenda: state of the work, open questions, next steps.'],
    start,
    end: new Date(start.getTime() + 3_600_000),
    location: 'Meeting room 2',
  };
  return [...mails, sent, appointment];
}

/** A new message, answered to `mail` where one is given. */
export function composeDraft(id: string, me: PreviewPerson, mail?: PreviewMail): PreviewDraft {
  return {
    kind: 'draft',
    folder: 'drafts',
    id,
    to: mail ? [mail.from, ...mail.to.filter(({ email }) => email !== me.email)] : [],
    cc: mail?.cc ?? [],
    subject: mail ? `Re: ${mail.subject}` : '',
    body: mail ? ['', '', '________________', `${mail.from.name}:`, ...mail.body] : [],
  };
}

/** A letter begins and ends in its language. */
function letter(body: readonly string[], from: PreviewPerson): string[] {
  const german = /\b(die|der|Sie|Ihnen)\b/.test(body.join(' '));
  return german
    ? ['Guten Tag,', ...body, `Mit freundlichen Grüßen\n${from.name}`]
    : ['Hello,', ...body, `Kind regards\n${from.name}`];
}

function interleave<T>(many: readonly T[], few: readonly T[]): T[] {
  return many.flatMap((one, index) => {
    const other = index % 2 === 1 ? few[(index - 1) / 2] : undefined;
    return other === undefined ? [one] : [one, other];
  });
}
