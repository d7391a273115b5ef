import { ArrowLeft, ArrowRight, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { IconButton } from '../../ui/controls/IconButton';
import { actionOf } from '../../ui/keyboard/actionOf';
import { useReducedMotion } from '../../ui/useReducedMotion';
import { WithSubscripts } from '../../ui/WithSubscripts';
import { ExperimentLink } from '../../views/experiments/ExperimentLink';
import { type ExperimentId, experimentOf } from '../../views/experiments/experiments';
import { addressOf, useView } from '../useView';
import { useTour } from './state';
import { type TourStep, tourSteps } from './tourSteps';
import { useTourFrame } from './useTourFrame';
import './TourCard.css';

const count = tourSteps.length;

/** One step of the tour in a corner; the page beneath stays in use. Arrow keys go on and back, Escape closes. */
export default function TourCard() {
  const place = useTour((state) => state.step);
  const { goToTourStep, closeTour } = useTour.getState();
  const index = Math.min(place, count - 1);
  const step = tourSteps[index] as TourStep;
  const calm = useReducedMotion();
  const card = useRef<HTMLElement>(null);
  useTourView(step);
  useTourFrame(step, card, calm);
  useBeginning(step, calm);
  useEffect(() => card.current?.focus({ preventScroll: true }), []);
  useEscape(closeTour);

  const go = (to: number) => {
    if (to >= 0) goToTourStep(to, count);
  };
  const press = (event: KeyboardEvent) => {
    const action = actionOf('tour', event);
    if (action === null || action === 'close') return;
    const move = { before: -1, after: 1 }[action];
    if (index + move >= count) return;
    event.preventDefault();
    go(index + move);
  };
  const last = index === count - 1;
  return (
    <section
      ref={card}
      className="tour-card stack gap-2"
      role="dialog"
      aria-modal="false"
      aria-labelledby="tour-title"
      tabIndex={-1}
      onKeyDown={press}
    >
      <div className="beside">
        <div aria-live="polite">
          <p className="note">
            Tour, step {index + 1} of {count}
          </p>
          <h2 id="tour-title">{step.title}</h2>
        </div>
        <IconButton label="Close the tour" icon={X} onClick={closeTour} />
      </div>
      <p aria-live="polite">
        <WithSubscripts text={step.text} />
      </p>
      {step.experiments && <Offered experiments={step.experiments} />}
      <div className="row row--end">
        {step.action && <Act action={step.action} calm={calm} />}
        <IconButton
          label="Step before"
          icon={ArrowLeft}
          aria-disabled={index === 0}
          onClick={() => go(index - 1)}
        />
        <Button icon={ArrowRight} onClick={() => go(index + 1)}>
          {last ? 'Finish' : 'Next'}
        </Button>
      </div>
    </section>
  );
}

/** Opening one ends the tour. */
function Offered({ experiments }: { experiments: readonly ExperimentId[] }) {
  const { goToTourStep } = useTour.getState();
  return (
    <ul className="tour-card__experiments">
      {experiments.map((id) => (
        <li key={id}>
          <ExperimentLink id={id} onOpen={() => goToTourStep(count, count)}>
            {experimentOf(id).title}
          </ExperimentLink>
        </li>
      ))}
    </ul>
  );
}

function Act({ action, calm }: { action: NonNullable<TourStep['action']>; calm: boolean }) {
  const possible = useStore((state) => action.possible?.(state) ?? true);
  // Not `disabled`: the focus would be lost when the action has begun.
  return (
    <Button
      variant="primary"
      className="tour-card__act"
      aria-disabled={!possible}
      onClick={() => possible && action.run(calm)}
    >
      {action.title}
    </Button>
  );
}

/** Opens the view of a step when the step begins; visitors may leave it afterwards. */
function useTourView({ view }: TourStep) {
  const current = useView();
  const shown = useRef(current);
  shown.current = current;
  useEffect(() => {
    if (shown.current !== view) location.hash = addressOf(view);
  }, [view]);
}

/** What a step does by itself, as soon as the engine runs; it ends with the step. */
function useBeginning({ begin }: TourStep, calm: boolean) {
  const ready = useStore(({ session, dataset }) => session.status === 'ready' && dataset.status === 'ready');
  useEffect(() => {
    if (ready) return begin?.(calm);
  }, [begin, ready, calm]);
}

/** Escape closes, unless something above the page, such as a note or a list, has taken it. */
function useEscape(close: () => void) {
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      if (actionOf('tour', event) === 'close' && !event.defaultPrevented) close();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [close]);
}
