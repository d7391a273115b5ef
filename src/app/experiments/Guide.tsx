import { Share2, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../../ui/controls/Button';
import { IconButton } from '../../ui/controls/IconButton';
import { WithSubscripts } from '../../ui/WithSubscripts';
import { type ExperimentId, experimentOf, experiments } from '../../views/experiments/experiments';
import { closeExperiment } from '../../views/experiments/state';
import { openDialog } from '../pageDialogs';
import './Guide.css';

/** The card of an experiment; nothing where there is none of that name. */
export default function Guide({ id }: { id: string }) {
  return Object.hasOwn(experiments, id) && <Card id={id as ExperimentId} />;
}

function Card({ id }: { id: ExperimentId }) {
  const { title, question, steps, look, shows, view, panel } = experimentOf(id);
  const [told, setTold] = useState(false);
  usePanelInSight(panel);
  return (
    <aside className="guide stack gap-3" aria-labelledby="guide-title">
      <div className="beside">
        <div>
          <p className="note">Experiment</p>
          <h2 id="guide-title" className="title">
            {title}
          </h2>
        </div>
        <IconButton label="Close the experiment" icon={X} onClick={closeExperiment} />
      </div>
      <p className="guide__question">{question}</p>
      <div>
        <h3 className="note">What to do</h3>
        <ol className="guide__steps">
          {steps.map((step) => (
            <li key={step}>
              <WithSubscripts text={step} />
            </li>
          ))}
        </ol>
      </div>
      <div>
        <h3 className="note">What to look for</h3>
        <p>
          <WithSubscripts text={look} />
        </p>
      </div>
      <div aria-live="polite">
        {told && (
          <>
            <h3 className="note">What it shows</h3>
            <p>
              <WithSubscripts text={shows} />
            </p>
          </>
        )}
      </div>
      <div className="row">
        {!told && (
          <Button variant="primary" onClick={() => setTold(true)}>
            What it shows
          </Button>
        )}
        <Button icon={Share2} onClick={() => openDialog('share')}>
          Share the result
        </Button>
        <a href={view}>Its view</a>
        <a href="#/experiments">All experiments</a>
      </div>
    </aside>
  );
}

/** Where the card stands beside the work, the page begins with the panel that the experiment is about. */
function usePanelInSight(panel: string) {
  useEffect(() => {
    if (!matchMedia('(min-width: 64rem)').matches) return;
    const show = () => {
      const found = document.getElementById(panel);
      found?.scrollIntoView({ behavior: 'instant' });
      return found !== null;
    };
    // Its view may still load.
    const observer = new MutationObserver(() => show() && observer.disconnect());
    const frame = requestAnimationFrame(() => {
      if (!show()) observer.observe(document.body, { childList: true, subtree: true });
    });
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
    };
  }, [panel]);
}
