/** For which version this page was reloaded last, so that it never reloads twice for the same one by itself. */

const key = 'mycontacts.reloaded-for';

export const reloadMemory = {
  get(): string | undefined {
    try {
      return window.sessionStorage.getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  },
  /** False where the browser refuses storage to this page. */
  set(version: string): boolean {
    try {
      window.sessionStorage.setItem(key, version);
      return true;
    } catch {
      return false;
    }
  },
};
