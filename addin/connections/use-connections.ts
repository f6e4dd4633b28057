/** The connections in the components: which one is chosen, being written or asked about. */
import { createContext, useContext, useState } from 'react';
import { useStore } from '../shell/use-store';
import { readAddress, type AddressProblem, type Connection } from './connection';
import type { SaveProblem } from './connection-list';
import type { ConnectionsModel } from './connections-model';

const ConnectionsContext = createContext<ConnectionsModel | undefined>(undefined);

export const ConnectionsProvider = ConnectionsContext;

/** The connections of this pane. */
export function useConnectionsModel(): ConnectionsModel {
  const model = useContext(ConnectionsContext);
  if (!model) throw new Error('useConnectionsModel needs a pane around it.');
  return model;
}

/** User name that is kept for the installation of this pane; empty where none is. */
export function useRememberedUser(): string {
  const { state, here } = useConnectionsModel();
  return useStore(state).list.find(({ address }) => address === here)?.userName ?? '';
}

/** What is written in the form. */
export interface ConnectionDraft {
  readonly name: string;
  readonly address: string;
  readonly userName: string;
}

export type DraftProblem = AddressProblem | SaveProblem;

/** `signInHere` shows the form of this installation, with the user name filled in. */
export function useConnections(signedInAs: string | undefined, signInHere: () => void) {
  const model = useConnectionsModel();
  const { list, refused } = useStore(model.state);
  const [chosenAddress, setChosen] = useState(model.here);
  /** Address of the connection that is being changed; `new` for one that is being added. */
  const [editing, setEditing] = useState<string>();
  const [asking, setAsking] = useState<'open' | 'remove'>();
  const shown = list.map((connection) =>
    connection.address === model.here && connection.userName === '' && signedInAs !== undefined
      ? { ...connection, userName: signedInAs }
      : connection,
  );
  const chosen = shown.find(({ address }) => address === chosenAddress) ?? shown[0];

  return {
    list: shown,
    here: model.here,
    refused,
    chosen,
    choose: (address: string) => {
      setAsking(undefined);
      setChosen(address);
    },
    editing,
    edit: (address: string | undefined) => {
      setAsking(undefined);
      setEditing(address);
    },
    /** Keeps what was written, or says what is wrong with it. */
    save: (draft: ConnectionDraft): DraftProblem | undefined => {
      const own = editing === model.here;
      const read = own ? { address: model.here } : readAddress(draft.address);
      if ('problem' in read) return read.problem;
      const connection: Connection = {
        name: draft.name.trim(),
        address: read.address,
        userName: draft.userName.trim(),
        // What was typed is confirmed; a name given to an address that came along says nothing about it.
        confirmed: list.find(({ address }) => address === read.address)?.confirmed ?? true,
      };
      const problem = model.save(connection, editing === 'new' ? undefined : editing);
      if (problem === undefined) {
        setEditing(undefined);
        setChosen(connection.address);
      }
      return problem;
    },
    asking,
    stopAsking: () => setAsking(undefined),
    askToRemove: () => setAsking('remove'),
    remove: () => {
      if (chosen !== undefined) model.remove(chosen.address);
      setAsking(undefined);
      setChosen(model.here);
    },
    /** Signs in at the chosen connection. One that nobody has confirmed is asked about first. */
    signIn: () => {
      if (chosen === undefined) return;
      if (chosen.address === model.here) {
        if (chosen.userName !== '') model.rememberUser(chosen.userName);
        signInHere();
      } else if (chosen.confirmed) model.open(chosen.address);
      else setAsking('open');
    },
    confirmAndOpen: () => {
      if (chosen === undefined) return;
      setAsking(undefined);
      model.confirm(chosen.address);
      model.open(chosen.address);
    },
  };
}
export type ConnectionsUse = ReturnType<typeof useConnections>;
