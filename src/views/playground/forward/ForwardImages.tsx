import { Dices } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import type { Diffusion } from '../../../engine/diffusion/diffusion';
import { qSample } from '../../../engine/diffusion/forward';
import { clampTime } from '../../../panels/forward/clampTime';
import { engineTime, noisingAt } from '../../../panels/forward/noising';
import { type Example, useExample } from '../../../panels/forward/useExample';
import { forwardGroup } from '../../../settings/groups/forward';
import { useStore } from '../../../store/store';
import { ImageCanvas } from '../../../ui/canvasGrid/ImageCanvas';
import { IconButton } from '../../../ui/controls/IconButton';
import { MathSymbol } from '../../../ui/WithSubscripts';
import './forward.css';

/** The equation in images: x_t = √ᾱ_t · x₀ + √(1−ᾱ_t) · ε. */
export function ForwardImages({ diffusion }: { diffusion: Diffusion }) {
  const example = useExample();
  const t = useStore((state) => clampTime(state.values.forward, diffusion.nSteps));
  const seed = useStore((state) => state.values.forward.noiseSeed);
  const { signal, noise } = noisingAt(diffusion, t);
  const xt = useMemo(
    () => example && qSample(diffusion, example.x0, engineTime(t), example.noise),
    [diffusion, example, t],
  );
  const name = example?.className ?? '';
  return (
    <div className="forward-images" data-t={t}>
      <Term symbol="x_t" caption={t === 1 ? 'after 1 step' : `after ${t} steps`}>
        <Image of={example} image={xt} label={`${name} with noise, after ${t} steps`} />
      </Term>
      <span className="forward-images__sign" aria-hidden>
        =
      </span>
      <Weight value={signal} kind="signal" />
      <Term symbol="x_0" caption={name && `the example: ${name}`}>
        <Image of={example} image={example?.x0 ?? null} label={`The example: ${name}`} />
      </Term>
      <span className="forward-images__sign" aria-hidden>
        +
      </span>
      <Weight value={noise} kind="noise" />
      <Term
        symbol="ε"
        caption={`noise, seed ${seed}`}
        action={<IconButton label="New noise" icon={Dices} onClick={() => setNoiseSeed(seed + 1)} />}
      >
        <Image of={example} image={example?.noise ?? null} label={`The noise, seed ${seed}`} />
      </Term>
    </div>
  );
}

interface TermProps {
  symbol: string;
  caption: string;
  action?: ReactNode;
  children: ReactNode;
}

function Term({ symbol, caption, action, children }: TermProps) {
  return (
    <figure className="forward-term">
      {children}
      <figcaption className="forward-term__caption">
        <MathSymbol text={symbol} />
        <span className="note">{caption}</span>
        {action}
      </figcaption>
    </figure>
  );
}

function Image({ of, image, label }: { of: Example | null; image: Float32Array | null; label: string }) {
  return <ImageCanvas image={image} size={of?.size ?? 8} channels={of?.channels ?? 1} label={label} />;
}

function Weight({ value, kind }: { value: number; kind: 'signal' | 'noise' }) {
  return (
    <span className={`forward-weight ${kind}`}>
      <span>{value.toFixed(4)}</span>
      <span aria-hidden>×</span>
    </span>
  );
}

function setNoiseSeed(noiseSeed: number): void {
  useStore.getState().set(forwardGroup, { noiseSeed });
}
