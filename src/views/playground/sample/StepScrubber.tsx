import { Pause, Play, RotateCcw } from 'lucide-react';
import { type CSSProperties, useId, useMemo } from 'react';
import { evenTimes } from '../../../panels/forward/noising';
import { framesOf } from '../../../store/recording';
import { useStore } from '../../../store/store';
import { FilmSlider } from '../../../ui/canvasGrid/FilmSlider';
import { Button } from '../../../ui/controls/Button';
import { SaveSamples } from '../saveSamples/SaveSamples';
import { SampleStrip } from './SampleStrip';
import { useShownStep } from './useShownStep';
import './StepScrubber.css';

const frameCount = 11;

/** Back and forth through every recorded step: the way of the chosen image, the slider, and the replay. */
export function StepScrubber() {
  const shown = useShownStep();
  const newest = useStore(({ sampling }) => (sampling.recording?.steps.length ?? 1) - 1);
  const scrubTo = useStore((state) => state.scrubTo);
  const id = useId();
  const recording = shown?.recording;
  const last = recording ? framesOf(recording) - 1 : 1;
  const end = recording ? last : frameCount - 1;
  const places = useMemo(() => evenTimes(end, frameCount), [end]);
  return (
    <div
      className={places.length === frameCount ? 'film-scale film-scale--eleven' : 'film-scale'}
      style={{ '--all-frames': places.length } as CSSProperties}
    >
      <SampleStrip shown={shown} places={places} />
      <FilmSlider
        value={shown?.frame ?? 0}
        max={last}
        disabled={!shown}
        reached={newest / last}
        labelledBy={id}
        valueText={
          shown
            ? `${shown.step.index} of ${shown.recording.total}, t = ${shown.step.t}`
            : 'nothing recorded yet'
        }
        onChange={scrubTo}
      />
      <div className="step-scrubber__bar">
        <p className="step-scrubber__reading">
          <span id={id}>Step of the reverse process</span>
          {shown && (
            <>
              <output className="step-scrubber__value">
                {shown.step.index.toLocaleString('en')}{' '}
                <span>of {shown.recording.total.toLocaleString('en')}</span>
              </output>
              <span>
                <span className="math">t</span> = {shown.step.t.toLocaleString('en')}
              </span>
            </>
          )}
        </p>
        <Replay />
      </div>
    </div>
  );
}

function Replay() {
  const replaying = useStore((state) => state.sampling.replaying);
  const status = useStore((state) => state.sampling.status);
  const steps = useStore((state) => state.sampling.recording?.steps.length ?? 0);
  const inside = useStore((state) => state.sampling.frame !== null && state.sampling.frame > 0);
  const { playReplay, pauseReplay } = useStore.getState();
  const possible = status !== 'running' && steps > 1;
  return (
    <div className="step-scrubber__replay">
      {replaying ? (
        <Button icon={Pause} onClick={pauseReplay}>
          Hold
        </Button>
      ) : (
        inside && (
          <Button icon={Play} disabled={!possible} onClick={() => playReplay('here')}>
            Play on
          </Button>
        )
      )}
      <Button icon={RotateCcw} disabled={!possible} onClick={() => playReplay('start')}>
        Play from the start
      </Button>
      <SaveSamples />
    </div>
  );
}
