import { Slider } from 'radix-ui';
import { type CSSProperties, useId, useMemo } from 'react';
import type { Diffusion } from '../../../engine/diffusion/diffusion';
import { clampTime } from '../../../panels/forward/clampTime';
import { evenTimes, noisingAt } from '../../../panels/forward/noising';
import { forwardGroup } from '../../../settings/groups/forward';
import { useStore } from '../../../store/store';
import { Explanation } from '../../../ui/controls/Explanation';
import { NoisingStrip } from './NoisingStrip';
import { VarianceRibbon } from './VarianceRibbon';
import './forward.css';

const frameCount = 11;

/**
 * The film strip and, under it, the slider of t over the shares of image and noise. A frame stands straight above
 * its own t: the slider runs from the middle of the first frame to the middle of the last.
 */
export function TimeScrubber({ diffusion }: { diffusion: Diffusion }) {
  const times = useMemo(() => evenTimes(diffusion.nSteps, frameCount), [diffusion]);
  return (
    <div
      className={times.length === frameCount ? 'film-scale film-scale--eleven' : 'film-scale'}
      style={{ '--all-frames': times.length } as CSSProperties}
    >
      <NoisingStrip diffusion={diffusion} times={times} />
      <TimeSlider diffusion={diffusion} />
    </div>
  );
}

function TimeSlider({ diffusion }: { diffusion: Diffusion }) {
  const { nSteps } = diffusion;
  const t = useStore((state) => clampTime(state.values.forward, nSteps));
  const { alphaBar } = noisingAt(diffusion, t);
  const id = useId();
  return (
    <div>
      <Slider.Root
        className="time-slider"
        style={{ '--noise-share': `${(1 - alphaBar) * 100}%` } as CSSProperties}
        value={[t]}
        min={0}
        max={nSteps}
        onValueChange={([next]) => next !== undefined && setTime(next)}
      >
        <Slider.Track className="time-slider__track">
          <VarianceRibbon diffusion={diffusion} />
        </Slider.Track>
        <Slider.Thumb
          className="time-slider__thumb"
          aria-labelledby={id}
          aria-valuetext={`${t} of ${nSteps}: ${Math.round(alphaBar * 100)} % image, ${Math.round((1 - alphaBar) * 100)} % noise`}
        />
      </Slider.Root>
      <p className="reading">
        <span>
          <span id={id}>
            Steps of noise <span className="math">t</span>
          </span>
          <Explanation about="the number of steps of noise">
            <p>
              How many steps of noise the image has gone through: 0 is the image itself, T is noise alone.
            </p>
          </Explanation>
        </span>
        <output>
          {t} <small>of {nSteps.toLocaleString('en')}</small>
        </output>
      </p>
    </div>
  );
}

function setTime(t: number): void {
  useStore.getState().set(forwardGroup, { t });
}
