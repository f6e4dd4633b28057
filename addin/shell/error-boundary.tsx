/** Keeps a fault of one part from taking the whole pane down. */
import { Button } from '@fluentui/react-components';
import { Component, type ReactNode } from 'react';
import { useText } from './i18n/text';

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly failed: boolean;
  /** It could not be fetched: the service is away, or has another version and not the files of this one any more. */
  readonly missing?: boolean;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(error: unknown): State {
    return { failed: true, missing: error instanceof Error && error.name === 'ChunkLoadError' };
  }

  override render() {
    return this.state.failed ? <Crashed missing={this.state.missing ?? false} /> : this.props.children;
  }
}

function Crashed({ missing }: { readonly missing: boolean }) {
  const t = useText();
  return (
    <div role="alert" style={{ padding: '16px' }}>
      <p>{missing ? t.partMissing : t.crashed}</p>
      <Button onClick={() => window.location.reload()}>{t.reload}</Button>
    </div>
  );
}
