import { describe, expect, it } from 'vitest';
import { decideTheme, luminanceOf } from '../../../addin/outlook/theme';

const system = { forcedColors: false, prefersDark: false, prefersContrast: false };

describe('decideTheme', () => {
  it('follows the background of Outlook before the operating system', () => {
    expect(decideTheme({ ...system, background: '#292929' })).toBe('dark');
    expect(decideTheme({ ...system, prefersDark: true, background: '#FFFFFF' })).toBe('light');
  });

  it('follows the operating system where Outlook tells nothing that can be read', () => {
    for (const background of [undefined, '', 'rgb(0,0,0)', '#12'])
      expect(decideTheme({ ...system, prefersDark: true, background })).toBe('dark');
    expect(decideTheme(system)).toBe('light');
  });

  it('knows high contrast by white on pure black, which no other theme of Outlook has', () => {
    expect(decideTheme({ ...system, background: '#000000', foreground: '#ffffff' })).toBe('high-contrast');
    expect(decideTheme({ ...system, background: '#0a0a0a', foreground: '#ffffff' })).toBe('dark');
    expect(decideTheme({ ...system, background: '#000000' })).toBe('dark');
  });

  it('takes high contrast before everything', () => {
    expect(decideTheme({ ...system, forcedColors: true, background: '#ffffff' })).toBe('high-contrast');
    expect(decideTheme({ ...system, prefersContrast: true })).toBe('high-contrast');
  });
});

describe('luminanceOf', () => {
  it('reads short and long colours', () => {
    expect(luminanceOf('#fff')).toBeCloseTo(1);
    expect(luminanceOf('000000')).toBe(0);
    expect(luminanceOf('#0f0')).toBeCloseTo(luminanceOf('#00ff00') ?? -1);
  });
});
