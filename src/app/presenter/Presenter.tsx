import { ArrowLeft, ArrowRight, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from '../../store/store';
import { IconButton } from '../../ui/controls/IconButton';
import { actionOf } from '../../ui/keyboard/actionOf';
import { useReducedMotion } from '../../ui/useReducedMotion';
import { WithSubscripts } from '../../ui/WithSubscripts';
import { openExperiment } from '../../views/experiments/openExperiment';
import { closeExperiment, useExperiment } from '../../views/experiments/state';
import { useAlone } from '../alone/useAlone';
import { useTourFrame } from '../tour/useTourFrame';
import { addressOf } from '../useView';
import { type Scene, scenes } from './scenes';
import { usePresenter } from './state';
import './presenter.css';

/** One panel at a time, in large type, with what it is about below. */
export default function Presenter() {
  const index = usePresenter((state) => state.scene) ?? 0;
  const { goToScene, leave } = usePresenter.getState();
  const scene = scenes[index] as Scene;
  useAlone(scene.inside);
  const bar = useRef<HTMLElement>(null);
  useOpened(scene);
  useTourFrame(scene.frame, bar, true);
  useKeys(index);
  useEffect(() => {
    document.documentElement.setAttribute('data-presented', '');
    return () => {
      document.documentElement.removeAttribute('data-presented');
      document.querySelector<HTMLElement>('.presenter-button')?.focus();
    };
  }, []);
  return (
    <section ref={bar} className="presenter" aria-label="Presenter mode">
      <div aria-live="polite">
        <h2>{scene.title}</h2>
        <p>
          <WithSubscripts text={scene.text} />
        </p>
      </div>
      <div className="row">
        <span className="note">
          {index + 1} of {scenes.length}
        </span>
        <IconButton
          label="Scene before"
          icon={ArrowLeft}
          iconSize={20}
          disabled={index === 0}
          onClick={() => goToScene(index - 1)}
        />
        <IconButton
          label="Next scene"
          icon={ArrowRight}
          iconSize={20}
          disabled={index === scenes.length - 1}
          onClick={() => goToScene(index + 1)}
        />
        <IconButton label="Leave presenter mode (Esc)" icon={X} iconSize={20} onClick={leave} />
      </div>
    </section>
  );
}

/** Opens what a scene is of. An experiment's settings are its own: what follows it has the visitor's again. */
function useOpened({ of }: Scene) {
  const calm = useReducedMotion();
  const ready = useStore(({ session, dataset }) => session.status === 'ready' && dataset.status === 'ready');
  useEffect(() => {
    scrollTo({ top: 0, behavior: 'instant' });
    if ('experiment' in of) {
      if (useExperiment.getState().id !== of.experiment) void openExperiment(of.experiment);
      return;
    }
    if (useExperiment.getState().id !== null) {
      closeExperiment();
      void useStore.getState().leaveLink();
    }
    const address = addressOf(of.step.view);
    if (location.hash !== address) location.hash = address;
  }, [of]);
  useEffect(() => {
    if (ready && 'step' in of) return of.step.begin?.(calm);
  }, [of, ready, calm]);
}

/** The arrows are those of a slider or a grid where one has the focus. */
function useKeys(index: number) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const action = event.defaultPrevented ? null : actionOf('presenter', event);
      if (action === null || isTyped(event)) return;
      const { goToScene, leave } = usePresenter.getState();
      event.preventDefault();
      if (action === 'close') return leave();
      const next = index + { before: -1, after: 1 }[action];
      if (scenes[next]) goToScene(next);
    };
    // The browser's own way out of full screen.
    const change = () => {
      if (!document.fullscreenElement) usePresenter.getState().leave();
    };
    addEventListener('keydown', press);
    document.addEventListener('fullscreenchange', change);
    return () => {
      removeEventListener('keydown', press);
      document.removeEventListener('fullscreenchange', change);
    };
  }, [index]);
}

function isTyped({ target }: KeyboardEvent): boolean {
  return (
    target instanceof Element && target.closest('input, textarea, [role=dialog], [role=listbox]') !== null
  );
}
