/**
 * Which controls a user can see in the pane, and which of them a test has pressed and held to their effect. Seen is
 * whatever appears in any page of a session, noted by the page itself; tried is only what `PaneDriver.press` confirmed.
 */
import type { BrowserContext, Locator } from 'playwright-core';

export interface ControlLedger {
  /** Notes every control that appears in the pages of this context from now on. */
  watch(context: BrowserContext): Promise<void>;
  /** The name of a control without the data in it: `button Call …`. */
  nameOf(locator: Locator): Promise<string>;
  tried(name: string): void;
  /** What was seen and never tried, sorted. */
  untried(): string[];
  seen(): string[];
}

/** Names with data in them, in the pane's English words. */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/^View: .+\. Change$/, 'View: …'],
  [/^Tell me when .+ is free$/, 'Tell me when … is free'],
  [/^You are told when .+ is free\. Do not tell me$/, 'Tell me when … is free'],
  [/^Put away: .+$/, 'Put away: …'],
  [/^Call .+ now$/, 'Call … now'],
  [/^Call .+, \w+ .+$/, 'Call …'],
  [/^Details of .+$/, 'Details of …'],
  [/^Dial [^a]*\d[^a]*$/, 'Dial …'],
  [/^Rings(, \w+)?\. Pick up the call for .+$/, 'Pick up the call for …'],
  [/^Copy .+$/, 'Copy …'],
  [/^Add .+ to the favourites$/, 'Add … to the favourites'],
  [/^.+ is a favourite in .+\. Change$/, 'Change a favourite'],
  [/^Favourite .+$/, 'Favourite …'],
  [/^Change the group .+$/, 'Change the group …'],
  [/^Add .+ as contact$/, 'Add … as contact'],
  [/^(Remove number|Remove e-mail|Kind of number) \d+$/, '$1 …'],
  [/^More from .+$/, 'More from …'],
  [/^Journal, missed calls: \d+$/, 'Journal'],
  [/^(Personal|Internal|System) \([\d,]+\+?\)$/, '$1'],
  [/^(Skipped|Numbers that could not be read|Country code assumed|Pictures not taken): [\d,]+$/, '$1: …'],
  [/^Columns: .+ are taken$/, 'Columns: …'],
  [/^Sync of .+$/, 'Sync of …'],
  [/^Show (all [\d,]+|fewer)$/, 'Show all …'],
  // The same button while it works, and once it has done its work.
  [/^Signing in …$/, 'Sign in'],
  [/^Copied\.$/, 'Copy …'],
  [/^My presence: .+\. Change$/, 'My presence: …'],
];

/** Puts in place of data an ellipsis. A redialled number has neither a verb nor anything else but data in its name. */
export function withoutData(name: string): string {
  const text = name.replace(/\s+/g, ' ').trim();
  for (const [pattern, replacement] of patterns) if (pattern.test(text)) return text.replace(pattern, replacement);
  return /\d{3}/.test(text) ? 'a number of the redial list' : text;
}

interface SeenControl {
  readonly role: string;
  readonly name: string;
}

export function createControlLedger(): ControlLedger {
  const seen = new Set<string>();
  const tried = new Set<string>();
  return {
    async watch(context) {
      await context.exposeBinding('controlSeen', (_source, { role, name }: SeenControl) => {
        seen.add(`${role} ${withoutData(name)}`);
      });
      await context.addInitScript(noteControls);
    },
    async nameOf(locator) {
      const { role, name } = await locator.evaluate((element) => {
        const page: NotingWindow = window;
        if (!page.describeControl) throw new Error('The page does not note its controls.');
        return page.describeControl(element);
      });
      return `${role} ${withoutData(name)}`;
    },
    tried: (name) => void tried.add(name),
    untried: () => [...seen].filter((name) => !tried.has(name)).sort(),
    seen: () => [...seen].sort(),
  };
}

/** What the page's own script offers to this one. */
type NotingWindow = Window & {
  describeControl?: (element: Element) => SeenControl;
  controlSeen?: (control: SeenControl) => Promise<void>;
};

/** Runs in the page: tells every visible control of the pane once. */
function noteControls(): void {
  if (!/\/(?:taskpane\.html|window)$/.test(window.location.pathname)) return;
  const page: NotingWindow = window;
  const describe = (element: Element): SeenControl => {
    const labels = 'labels' in element && element.labels instanceof NodeList ? element.labels[0] : undefined;
    const roles: Readonly<Record<string, string>> = { A: 'link', SELECT: 'combobox', INPUT: 'checkbox' };
    return {
      role: element.getAttribute('role') ?? roles[element.tagName] ?? 'button',
      name:
        element.getAttribute('aria-label') ??
        labels?.textContent ??
        (element instanceof HTMLElement ? element.innerText : element.textContent),
    };
  };
  page.describeControl = describe;
  const told = new Set<string>();
  const look = () => {
    // The same controls in other words are not others.
    if (document.documentElement.lang !== 'en') return;
    const controls = document.querySelectorAll('button, [role=tab], input[type=checkbox], select, a[target=_blank]');
    for (const element of controls) {
      if (!element.checkVisibility()) continue;
      const control = describe(element);
      const key = `${control.role} ${control.name}`;
      if (told.has(key)) continue;
      told.add(key);
      void page.controlSeen?.(control);
    }
  };
  let planned = false;
  new MutationObserver(() => {
    if (planned) return;
    planned = true;
    requestAnimationFrame(() => {
      planned = false;
      look();
    });
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-label', 'hidden'] });
}
