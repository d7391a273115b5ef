import { Pause, Play } from 'lucide-react';
import { Slider } from 'radix-ui';
import { type CSSProperties, type ReactNode, useId, useMemo, useRef } from 'react';
import { evenTimes, noisingAt } from '../../../panels/forward/noising';
import { useStore } from '../../../store/store';
import { IconButton } from '../../../ui/controls/IconButton';
import '../../../ui/controls/slider.css';
import { ImageOf } from './ImageOf';
import { Network, Predicted } from './Network';
import { Samples } from './Samples';
import { useModelDiffusion, usePredictions, useProcess } from './useProcess';
import { useSweep } from './useSweep';
import './opening.css';

/** Times that a sweep goes through. */
const frames = 41;

/** The whole way at one t, from an image of the data set to samples of the model: it runs by itself, and leads to the panels. */
export function Opening() {
  const diffusion = useModelDiffusion();
  const { nSteps } = diffusion;
  // From 1: at 0 nothing is left to predict.
  const times = useMemo(() => evenTimes(nSteps - 1, frames).map((t) => t + 1), [nSteps]);
  const strip = useRef<HTMLElement>(null);
  const ready = useStore(({ dataset }) => dataset.data !== null);
  const sweep = useSweep(strip, times, ready);
  const t = Math.min(sweep.t, nSteps);
  usePredictions(t, times, sweep.playing);
  const { example, xt, x0, next } = useProcess(diffusion, t);
  const { alphaBar } = noisingAt(diffusion, t);
  const image = { size: example?.size ?? 8, channels: example?.channels ?? 1 };
  return (
    <section
      ref={strip}
      id="opening"
      className="opening"
      aria-label="From data to samples"
      data-t={t}
      data-playing={sweep.playing}
      data-towards={sweep.towards}
      style={{ '--tick': sweep.tick } as CSSProperties}
    >
      <nav aria-label="Parts of this page">
        <ol className="opening__parts">
          <Part id="data" title="Data">
            <ImageOf
              {...image}
              image={example?.x0 ?? null}
              symbol="x_0"
              caption={example?.className ? `an image: ${example.className}` : 'an image'}
            />
          </Part>
          <Part id="forward" title="Noising" arrow="add noise">
            <ImageOf
              {...image}
              image={xt}
              symbol="x_t"
              caption={`${Math.round(100 * (1 - alphaBar))} % noise`}
            />
          </Part>
          <Part id="train" title="Train" arrow="predict the noise">
            <div className="opening__train">
              <Network />
              <Predicted {...image} t={t} x0={x0} next={next} />
            </div>
          </Part>
          <Part id="sample" title="Sample" arrow="repeat from noise">
            <Samples t={t} />
          </Part>
        </ol>
      </nav>
      <Time t={t} nSteps={nSteps} noiseShare={1 - alphaBar} sweep={sweep} />
    </section>
  );
}

interface PartProps {
  /** Of the panel that it leads to. */
  id: string;
  title: string;
  /** What leads here from the part before. */
  arrow?: string;
  children: ReactNode;
}

function Part({ id, title, arrow, children }: PartProps) {
  return (
    <li className="opening__part" data-part={id}>
      {arrow && (
        <span className="opening__arrow" aria-hidden>
          <span>{arrow}</span>
          <svg viewBox="0 0 48 12" aria-hidden>
            <path d="M0 6H42" />
            <path d="M40 1.5L46 6L40 10.5" />
          </svg>
        </span>
      )}
      <div className="stack gap-1">
        <a href={`#${id}`}>{title}</a>
        {children}
      </div>
    </li>
  );
}

interface TimeProps {
  t: number;
  nSteps: number;
  /** 1 − ᾱ_t. */
  noiseShare: number;
  sweep: ReturnType<typeof useSweep>;
}

/** The one handle: t, from the data to the noise. */
function Time({ t, nSteps, noiseShare, sweep }: TimeProps) {
  const id = useId();
  return (
    <div className="opening__time">
      <IconButton
        label={sweep.playing ? 'Hold t' : 'Move t by itself'}
        icon={sweep.playing ? Pause : Play}
        onClick={() => (sweep.playing ? sweep.hold(t) : sweep.play())}
      />
      <span id={id} className="opening__label">
        Timestep <span className="math">t</span>
      </span>
      <Slider.Root
        className="slider"
        style={{ '--noise-share': noiseShare } as CSSProperties}
        value={[t]}
        min={0}
        max={nSteps}
        onValueChange={([next]) => next !== undefined && sweep.hold(next)}
      >
        <Slider.Track className="slider__track">
          <Slider.Range className="slider__range" />
        </Slider.Track>
        <Slider.Thumb
          className="slider__thumb"
          aria-labelledby={id}
          aria-valuetext={`${t} of ${nSteps}, ${Math.round(100 * noiseShare)} % noise`}
        />
      </Slider.Root>
      <output className="opening__t">
        {t.toLocaleString('en')} <small>of {nSteps.toLocaleString('en')}</small>
      </output>
    </div>
  );
}
