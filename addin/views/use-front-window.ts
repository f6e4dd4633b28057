/** The small window of this pane, closed when the user signs out; undefined where there can be none. */
import { useEffect, useState } from 'react';
import { createFrontWindow, type FrontWindow } from './front-window';

export function useFrontWindow(ownWindow: boolean): FrontWindow | undefined {
  const [front] = useState(() => (ownWindow ? createFrontWindow(window) : undefined));
  useEffect(() => () => front?.close(), [front]);
  return front;
}
