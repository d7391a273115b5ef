import { Dices, Pause, Play } from 'lucide-react';
import { alphaBarAt, type Diffusion } from '../../engine/diffusion/diffusion';
import { useValues } from '../../panels/settings/useSettings';
import { useStore } from '../../store/store';
import { ImageGrid } from '../../ui/canvasGrid/ImageGrid';
import { Button } from '../../ui/controls/Button';
import { Equation } from '../../ui/controls/Equation';
import { Panel } from '../../ui/controls/Panel';
import { ForwardLabField } from './help';
import { MomentsTable } from './MomentsTable';
import { PixelHistogram } from './PixelHistogram';
import { forwardLabGroup } from './settings';
import { useForwardLab } from './state';
import {
  hold,
  type NoisedImages,
  useLabTime,
  useNoisedImages,
  usePlaying,
  useScheduleDiffusion,
} from './useForwardLab';
import './forward.css';

const noise = (tex: string) => String.raw`\htmlClass{noise}{${tex}}`;
const signal = (tex: string) => String.raw`\htmlClass{signal}{${tex}}`;
const stepTex = String.raw`x_t = ${signal(String.raw`\sqrt{1-\beta_t}`)}\;x_{t-1} + ${noise(String.raw`\sqrt{\beta_t}`)}\;\varepsilon_t`;
const jumpTex = String.raw`x_t = ${signal(String.raw`\sqrt{\bar\alpha_t}`)}\;x_0 + ${noise(String.raw`\sqrt{1-\bar\alpha_t}`)}\;\varepsilon`;

/** The two equations, and under each the same with the numbers of t; before the first step x_t is the image itself. */
function equationsAt(diffusion: Diffusion, t: number): { step: string; jump: string } {
  const lines = (equation: string, numbers: string) =>
    String.raw`\begin{aligned} ${equation.replace('=', '&=')} \\ &= ${numbers} \end{aligned}`;
  if (t === 0) return { step: lines(stepTex, 'x_0'), jump: lines(jumpTex, 'x_0') };
  const beta = diffusion.betas[t - 1] as number;
  const alphaBar = alphaBarAt(diffusion, t - 1);
  const sum = (kept: number, from: string, added: number, drawn: string) =>
    String.raw`${signal(Math.sqrt(kept).toFixed(4))}\;${from} + ${noise(Math.sqrt(added).toFixed(4))}\;${drawn}`;
  return {
    step: lines(stepTex, sum(1 - beta, `x_{${t - 1}}`, beta, String.raw`\varepsilon_{${t}}`)),
    jump: lines(jumpTex, sum(alphaBar, 'x_0', 1 - alphaBar, String.raw`\varepsilon`)),
  };
}

/** The same images noised one step after another and in one jump: not the same pixels, but the same distribution. */
export function StepsAndJumpPanel() {
  usePlaying();
  const { first } = useValues(forwardLabGroup);
  const diffusion = useScheduleDiffusion(first);
  const noised = useNoisedImages(diffusion);
  const t = useLabTime();
  const equations = equationsAt(diffusion, t);
  return (
    <Panel
      id="steps-and-jump"
      title="Many steps or one jump"
      lead="The sum of normal noise is normal, so t small steps and one jump give images of the same distribution. Training uses the jump, which costs the same for every t."
    >
      <div className="steps-and-jump columns" data-t={t}>
        <div className="stack">
          <div className="images">
            <Noised
              tex={equations.step}
              label="x t equals the root of one minus beta t times x t minus 1, plus the root of beta t times fresh noise"
              caption={`${t.toLocaleString('en')} single steps`}
              images={noised?.chain ?? null}
              of={noised}
            />
            <Noised
              tex={equations.jump}
              label="x t equals the root of alpha bar t times x zero, plus the root of one minus alpha bar t times noise"
              caption="one jump"
              images={noised?.jump ?? null}
              of={noised}
            />
          </div>
          <Controls nSteps={diffusion.nSteps} />
        </div>
        <div className="stack">
          <PixelHistogram noised={noised} />
          <MomentsTable diffusion={diffusion} noised={noised} />
        </div>
      </div>
    </Panel>
  );
}

interface NoisedProps {
  tex: string;
  label: string;
  caption: string;
  images: Float32Array | null;
  of: NoisedImages | null;
}

function Noised({ tex, label, caption, images, of }: NoisedProps) {
  return (
    <figure className="noised stack gap-2">
      <Equation tex={tex} label={label} />
      {images && of && (
        <ImageGrid
          images={images}
          count={of.count}
          size={of.size}
          channels={of.channels}
          columns={Math.sqrt(of.count)}
          label={`${of.count} images after ${caption}`}
        />
      )}
      <figcaption className="note">{caption}</figcaption>
    </figure>
  );
}

function Controls({ nSteps }: { nSteps: number }) {
  const playing = useForwardLab((state) => state.playing);
  const { seed } = useValues(forwardLabGroup);
  const { set, put } = useStore.getState();
  const t = useLabTime();
  const play = () => {
    if (!playing && t === nSteps) put(forwardLabGroup, { t: 0 });
    useForwardLab.setState({ playing: !playing });
  };
  return (
    <div className="row row--bottom">
      <Button icon={playing ? Pause : Play} onClick={play}>
        {playing ? 'Pause' : 'Play'}
      </Button>
      <div className="grow">
        <ForwardLabField of="t" as="slider" nSteps={nSteps} onSet={hold} />
      </div>
      <ForwardLabField of="first" label="Schedule" />
      <Button icon={Dices} onClick={() => set(forwardLabGroup, { seed: seed + 1 })}>
        New noise
      </Button>
    </div>
  );
}
