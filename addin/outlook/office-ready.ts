/** Waiting for office.js, which comes from elsewhere and may come late or never. */

/**
 * True once Office has answered as Outlook; false where the page has no office.js or another host. The page's `load` event
 * comes after every script has been loaded or has failed, so without `Office` by then there is none.
 */
export function waitForOffice(page: Window): Promise<boolean> {
  return new Promise((resolve) => {
    const ask = () => {
      void Office.onReady((info) => {
        // Outlook is named by a text at run time; the types declare a number.
        resolve(String(info.host) === String(Office.HostType.Outlook));
      });
    };
    const look = () => {
      if (isLoaded()) ask();
      else resolve(false);
    };
    if (isLoaded() || page.document.readyState === 'complete') look();
    else page.addEventListener('load', look, { once: true });
  });
}

function isLoaded(): boolean {
  return typeof Office !== 'undefined' && typeof Office.onReady === 'function';
}
