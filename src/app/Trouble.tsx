import { RotateCcw } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { lastEvents, useStore } from '../store/store';
import { Button } from '../ui/controls/Button';
import { askAgain } from '../ui/lazyPart';
import { CopyReport } from './CopyReport';
import './Trouble.css';

/** Where the engine failed: why, the way to start it again without a reload of the page, and a report. */
export function EngineTrouble() {
  const { status, problem } = useStore((state) => state.session);
  if (status !== 'failed') return null;
  return (
    <TroublePanel title="The engine does not run" problem={problem ?? 'It did not start.'}>
      <Button
        variant="primary"
        icon={<RotateCcw size={16} aria-hidden />}
        onClick={() => void useStore.getState().restartSession()}
      >
        Start the engine again
      </Button>
    </TroublePanel>
  );
}

interface ViewTroubleProps {
  /** Its id. */
  view: string;
  children: ReactNode;
}

/** Where a view cannot be drawn: the rest of the page stays, and training goes on. */
export class ViewTrouble extends Component<ViewTroubleProps, { problem: string | null }> {
  override state = { problem: null };

  static getDerivedStateFromError(error: Error) {
    return { problem: error.message };
  }

  override componentDidCatch({ message }: Error): void {
    lastEvents.add(`error of the view ${this.props.view}: ${message}`);
  }

  override render() {
    const { problem } = this.state;
    if (problem === null) return this.props.children;
    return (
      <TroublePanel
        title="This view cannot be shown"
        problem={`${problem}. The other views stay, and training goes on. A reload of the page pauses training and saves the model first.`}
      >
        <Button
          variant="primary"
          onClick={() => (askAgain() ? this.setState({ problem: null }) : void saveAndReload())}
        >
          Try again
        </Button>
        <Button onClick={() => void saveAndReload()}>Reload the page</Button>
      </TroublePanel>
    );
  }
}

/** A run that trains is saved first. */
async function saveAndReload(): Promise<void> {
  await useStore.getState().pauseTraining();
  location.reload();
}

function TroublePanel({ title, problem, children }: { title: string; problem: string; children: ReactNode }) {
  return (
    <section className="trouble" role="alert" aria-label={title}>
      <h2 className="trouble__title">{title}</h2>
      <p>{problem}</p>
      <div className="trouble__actions">
        {children}
        <CopyReport />
      </div>
    </section>
  );
}
