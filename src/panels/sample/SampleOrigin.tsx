import { datasets } from '../../engine/data/datasets';
import { useStore } from '../../store/store';
import './SampleOrigin.css';

/** What the next run draws from; before there is anything trained, what to do first and why. */
export function SampleOrigin() {
  const step = useStore((state) => state.training.step);
  const dataset = useStore((state) => state.training.dataset);
  const hasModel = useStore((state) => state.training.model !== null);
  const weights = useStore((state) => state.sampling.settings.weights);
  if (!hasModel || !dataset) {
    return (
      <p className="sample-origin sample-origin--missing">
        <a href="#train">Train first.</a> There is no model yet: sampling asks it at each step which part of
        the picture is noise.
      </p>
    );
  }
  if (step === 0) {
    return (
      <p className="sample-origin sample-origin--missing">
        The model has not learned anything yet: its guesses are as random as its weights.{' '}
        <a href="#train">Train it first</a>, or see what noise makes of noise.
      </p>
    );
  }
  return (
    <p className="sample-origin">
      Draws from {weights === 'ema' ? 'the averaged weights (EMA)' : 'the raw weights'} of the model that
      learns {datasets[dataset].title}, after {step.toLocaleString('en')} training{' '}
      {step === 1 ? 'step' : 'steps'}.
    </p>
  );
}
