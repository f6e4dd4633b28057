/** Light, dark or high contrast: what Outlook, or without it the operating system, shows. */

export type HostTheme = 'light' | 'dark' | 'high-contrast';

/** What is known when the theme is decided. */
export interface ThemeSigns {
  /** Background of Outlook's pages as `#rrggbb`, where Outlook tells it. */
  readonly background?: string | undefined;
  /** Text on it, likewise. */
  readonly foreground?: string | undefined;
  /** The operating system enforces its own colours (Windows high contrast). */
  readonly forcedColors: boolean;
  readonly prefersDark: boolean;
  readonly prefersContrast: boolean;
}

/** The operating system's contrast comes first, then Outlook's background, then the system's dark mode. */
export function decideTheme(signs: ThemeSigns): HostTheme {
  if (signs.forcedColors || signs.prefersContrast) return 'high-contrast';
  // White on pure black is high contrast; Outlook's own black theme is a dark grey.
  if (luminanceOf(signs.background ?? '') === 0 && luminanceOf(signs.foreground ?? '') === 1) return 'high-contrast';
  const luminance = signs.background === undefined ? undefined : luminanceOf(signs.background);
  if (luminance !== undefined) return luminance < 0.5 ? 'dark' : 'light';
  return signs.prefersDark ? 'dark' : 'light';
}

/** Perceived brightness from 0 (black) to 1 (white) of `#rgb` or `#rrggbb`; undefined for anything else. */
export function luminanceOf(colour: string): number | undefined {
  const digits = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour.trim())?.[1];
  if (digits === undefined) return undefined;
  const wide = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits;
  const value = Number.parseInt(wide, 16);
  return (2126 * (value >> 16) + 7152 * ((value >> 8) & 255) + 722 * (value & 255)) / (255 * 10_000);
}
