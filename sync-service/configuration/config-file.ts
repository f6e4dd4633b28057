/**
 * The configuration file: YAML, its keys checked. A key that is not known is an error with its line and the key that was
 * probably meant, because a setting that silently does nothing is found too late.
 */
import { LineCounter, isMap, isScalar, parseDocument } from 'yaml';
import type { Pair } from 'yaml';
import { likelyKey } from './likely-key';
import type { Settings } from './setting';

export interface ConfigFile {
  /** As it is shown in messages. */
  readonly path: string;
  readonly text: string;
}

/** What stands in the file for a setting. */
export interface WrittenSetting {
  readonly value: unknown;
  /** Counted from 1. */
  readonly line: number;
}

export interface ReadConfigFile {
  readonly written: ReadonlyMap<string, WrittenSetting>;
  /** Each with file and line. */
  readonly problems: readonly string[];
}

/** More than any configuration has; what is larger is another file. */
const longestText = 256 * 1024;

/** Reads the file by the keys of `settings`. */
export function readConfigFile(file: ConfigFile, settings: Settings): ReadConfigFile {
  if (file.text.length > longestText) {
    return { written: new Map(), problems: [`${file.path}: is too large to be a configuration file.`] };
  }
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const problems: string[] = [];
  const lineOf = (offset: number | undefined): number => Math.max(1, lines.linePos(offset ?? 0).line);
  const wrong = (offset: number | undefined, problem: string) =>
    void problems.push(`${file.path}:${lineOf(offset)}: ${problem}`);

  for (const { pos, code, message } of [...document.errors, ...document.warnings])
    wrong(pos[0], inPlainWords(code, message));
  if (problems.length > 0) return { written: new Map(), problems };

  const keys = Object.keys(settings).filter((key) => settings[key]?.environmentOnly !== true);
  const sections = new Set(keys.flatMap((key) => (key.includes('.') ? [key.split('.')[0] ?? ''] : [])));
  const written = new Map<string, WrittenSetting>();

  const readPairs = (pairs: readonly Pair[], section: string | undefined): void => {
    for (const pair of pairs) {
      const offset = isScalar(pair.key) ? pair.key.range?.[0] : undefined;
      if (!isScalar(pair.key) || typeof pair.key.value !== 'string') {
        wrong(offset, `${section ?? 'here'}: only plain names can be keys.`);
        continue;
      }
      const key = section === undefined ? pair.key.value : `${section}.${pair.key.value}`;
      if (section === undefined && sections.has(key)) {
        if (isMap(pair.value)) readPairs(pair.value.items, key);
        else if (!isNothing(pair.value)) {
          const example = keys.find((each) => each.startsWith(`${key}.`))?.slice(key.length + 1) ?? '';
          wrong(offset, `${key}: is a section. Write its settings below it, indented, such as "  ${example}: …".`);
        }
      } else if (keys.includes(key)) {
        if (!isNothing(pair.value)) written.set(key, { value: plainValue(pair.value), line: lineOf(offset) });
      } else if (settings[`${key}File`]?.secretVariable !== undefined) {
        wrong(
          offset,
          `${key}: a secret is not written into this file. Put it into a file of its own and name that with ${key}File.`,
        );
      } else {
        const meant = likelyKey(key, keys, [...sections], settings);
        wrong(
          offset,
          `${key}: there is no such setting.${meant === undefined ? ` ${listKeys(section, keys)}` : ` Did you mean ${meant}?`}`,
        );
      }
    }
  };

  if (isMap(document.contents)) readPairs(document.contents.items, undefined);
  else if (!isNothing(document.contents))
    wrong(0, 'a configuration file has lines such as "baseUrl: https://contacts.example.com".');
  return { written, problems };

  function plainValue(node: unknown): unknown {
    return typeof node === 'object' && node !== null && 'toJS' in node && typeof node.toJS === 'function'
      ? (node as { toJS(of: typeof document): unknown }).toJS(document)
      : undefined;
  }
}

function isNothing(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && node.value === null);
}

function listKeys(section: string | undefined, keys: readonly string[]): string {
  const here =
    section === undefined
      ? [...new Set(keys.map((key) => key.split('.')[0] ?? ''))]
      : keys.filter((key) => key.startsWith(`${section}.`)).map((key) => key.slice(section.length + 1));
  return `There are: ${here.join(', ')}.`;
}

/** The parser's own words where they say more than ours. */
function inPlainWords(code: string, message: string): string {
  if (code === 'DUPLICATE_KEY') return 'this setting stands here a second time. Keep one of the two.';
  if (code === 'TAB_AS_INDENT') return 'a tab indents this line. YAML wants spaces.';
  return `this is not YAML: ${message.split('\n')[0] ?? ''}`;
}
