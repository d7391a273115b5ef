import { RotateCcw } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { lastEvents, useStore } from '../store/store';
import { hasTrained, type TrainingState } from '../store/trainingState';
import { Button } from '../ui/controls/Button';
import { askAgain } from '../ui/lazyPart';
import { CopyReport } from './CopyReport';

/** Where the engine failed or is stuck: why, the way to start it again without a reload of the page, and a report. */
export function EngineTrouble() {
  const { status, problem, stuck } = useStore((state) => state.session);
  const kept = useStore(({ training }) => whatIsKept(training));
  const failed = status === 'failed';
  if (!failed && stuck === null) return null;
  return (
    <TroublePanel
      title={failed ? 'The engine does not run' : 'The engine seems to be stuck'}
      problem={
        failed
          ? (problem ?? 'It did not start.')
          : `${stuck} A large model on a slow device may need more time. If nothing happens, start the engine again. ${kept}`
      }
    >
      <Button variant="primary" icon={RotateCcw} onClick={() => void useStore.getState().restartSession()}>
        Start the engine again
      </Button>
    </TroublePanel>
  );
}

function whatIsKept(training: TrainingState): string {
  const { step, savedStep } = training;
  if (!hasTrained(training)) return '';
  if (step > 0 && savedStep === 0) return 'The model is not saved yet.';
  return `The model comes back as it was saved at step ${savedStep.toLocaleString('en')}.`;
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
    <section className="notice" data-tone="bad" role="alert" aria-label={title}>
      <h2 className="title">{title}</h2>
      <p>{problem}</p>
      <div className="row">
        {children}
        <CopyReport />
      </div>
    </section>
  );
}
