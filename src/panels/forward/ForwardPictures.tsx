import { Dices } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import type { Diffusion } from '../../engine/diffusion/diffusion';
import { qSample } from '../../engine/diffusion/forward';
import { useStore } from '../../store/store';
import { PictureCanvas } from '../../ui/canvasGrid/PictureCanvas';
import { IconButton } from '../../ui/controls/IconButton';
import { clampTime } from './clampTime';
import { engineTime, noisingAt } from './noising';
import { type Example, useExample } from './useExample';
import './ForwardPictures.css';

/** The equation in pictures: x_t = √ᾱ_t · x₀ + √(1−ᾱ_t) · ε. */
export function ForwardPictures({ diffusion }: { diffusion: Diffusion }) {
  const example = useExample();
  const t = useStore((state) => clampTime(state.forward, diffusion.nSteps));
  const seed = useStore((state) => state.forward.noiseSeed);
  const setNoiseSeed = useStore((state) => state.setNoiseSeed);
  const { signal, noise } = noisingAt(diffusion, t);
  const xt = useMemo(
    () => example && qSample(diffusion, example.x0, engineTime(t), example.noise),
    [diffusion, example, t],
  );
  const name = example?.className ?? '';
  return (
    <div className="forward-pictures" data-t={t}>
      <Term symbol={<>x{<sub>t</sub>}</>} caption={t === 1 ? 'after 1 step' : `after ${t} steps`}>
        <Picture of={example} picture={xt} label={`${name} with noise, after ${t} steps`} />
      </Term>
      <span className="forward-pictures__sign" aria-hidden>
        =
      </span>
      <Weight value={signal} kind="signal" />
      <Term symbol={<>x{<sub>0</sub>}</>} caption={name && `the example: ${name}`}>
        <Picture of={example} picture={example?.x0 ?? null} label={`The example: ${name}`} />
      </Term>
      <span className="forward-pictures__sign" aria-hidden>
        +
      </span>
      <Weight value={noise} kind="noise" />
      <Term
        symbol="ε"
        caption={`noise, seed ${seed}`}
        action={
          <IconButton
            label="New noise"
            icon={<Dices size={16} aria-hidden />}
            onClick={() => setNoiseSeed(seed + 1)}
          />
        }
      >
        <Picture of={example} picture={example?.noise ?? null} label={`The noise, seed ${seed}`} />
      </Term>
    </div>
  );
}

interface TermProps {
  symbol: ReactNode;
  caption: string;
  action?: ReactNode;
  children: ReactNode;
}

function Term({ symbol, caption, action, children }: TermProps) {
  return (
    <figure className="forward-term">
      {children}
      <figcaption className="forward-term__caption">
        <span className="math">{symbol}</span>
        <span className="forward-term__text">{caption}</span>
        {action}
      </figcaption>
    </figure>
  );
}

function Picture({
  of,
  picture,
  label,
}: {
  of: Example | null;
  picture: Float32Array | null;
  label: string;
}) {
  return <PictureCanvas picture={picture} size={of?.size ?? 8} channels={of?.channels ?? 1} label={label} />;
}

function Weight({ value, kind }: { value: number; kind: 'signal' | 'noise' }) {
  return (
    <span className={`forward-weight forward-weight--${kind}`}>
      <span className="forward-weight__value">{value.toFixed(4)}</span>
      <span className="forward-weight__dot" aria-hidden>
        ×
      </span>
    </span>
  );
}
