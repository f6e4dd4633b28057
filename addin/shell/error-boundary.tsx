/** Keeps a fault of one part from taking the whole pane down. */
import { Button } from '@fluentui/react-components';
import { Component, type ReactNode } from 'react';
import { useText } from './i18n/text';

interface Props {
  readonly children: ReactNode;
}

export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Crashed /> : this.props.children;
  }
}

function Crashed() {
  const t = useText();
  return (
    <div role="alert" style={{ padding: '16px' }}>
      <p>{t.crashed}</p>
      <Button onClick={() => window.location.reload()}>{t.reload}</Button>
    </div>
  );
}
