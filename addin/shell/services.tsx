/** What components of a signed-in pane reach through their hooks. */
import { createContext, useContext } from 'react';
import type { ApiClient } from '../api/client';
import type { LiveEvents } from '../api/live-events';
import type { SessionKeeper } from '../api/session-keeper';
import type { FavoritesModel } from '../favorites/favorites-model';
import type { OutlookHost } from '../outlook/host';
import type { PresenceModel } from '../presence/presence-model';
import type { Trace } from '../trace/trace';
import type { Dialler } from './dialler';
import type { Navigation } from './navigation';
import type { PictureCache } from './picture-cache';
import type { ProfileModel } from './profile-model';

export interface Services {
  readonly client: ApiClient;
  readonly session: SessionKeeper;
  readonly host: OutlookHost;
  /** What this pane notes of itself for the case of a fault. */
  readonly trace: Trace;
  /** Live events of the service and the state of the connection. */
  readonly events: LiveEvents;
  readonly profile: ProfileModel;
  /** Presence of colleagues and the own one. */
  readonly presence: PresenceModel;
  /** Pictures of people by their hashes. */
  readonly pictures: PictureCache;
  readonly dialler: Dialler;
  readonly favorites: FavoritesModel;
  readonly navigation: Navigation;
  /** Says a text to screen readers, politely; `urgent` interrupts. */
  readonly announce: (text: string, urgent?: boolean) => void;
}

const ServicesContext = createContext<Services | undefined>(undefined);

export const ServicesProvider = ServicesContext;

/** The services of the signed-in pane. */
export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('useServices needs a signed-in pane around it.');
  return services;
}
