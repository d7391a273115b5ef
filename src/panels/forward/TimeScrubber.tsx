import { Slider } from 'radix-ui';
import { type CSSProperties, useId, useMemo } from 'react';
import type { Diffusion } from '../../engine/diffusion/diffusion';
import { useStore } from '../../store/store';
import { Explanation } from '../../ui/controls/Explanation';
import { clampTime } from './clampTime';
import { NoisingStrip } from './NoisingStrip';
import { evenTimes, noisingAt } from './noising';
import { VarianceRibbon } from './VarianceRibbon';
import './TimeScrubber.css';

const frameCount = 11;

/**
 * The film strip and, under it, the slider of t over the shares of picture and noise. A frame stands straight above
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
  const t = useStore((state) => clampTime(state.forward, nSteps));
  const setTime = useStore((state) => state.setTime);
  const { alphaBar } = noisingAt(diffusion, t);
  const id = useId();
  return (
    <div className="time-slider">
      <Slider.Root
        className="time-slider__root"
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
          aria-valuetext={`${t} of ${nSteps}: ${Math.round(alphaBar * 100)} % picture, ${Math.round((1 - alphaBar) * 100)} % noise`}
        />
      </Slider.Root>
      <p className="time-slider__reading">
        <span>
          <span id={id}>
            Steps of noise <span className="math">t</span>
          </span>
          <Explanation about="the number of steps of noise">
            <p>
              How many steps of noise the picture has gone through: 0 is the picture itself, T is noise alone.
            </p>
          </Explanation>
        </span>
        <output className="time-slider__value">
          {t} <span>of {nSteps.toLocaleString('en')}</span>
        </output>
      </p>
    </div>
  );
}
