import { Dices, Pause, Play } from 'lucide-react';
import { alphaBarAt, type Diffusion } from '../../engine/diffusion/diffusion';
import { useStore } from '../../store/store';
import { PictureGrid } from '../../ui/canvasGrid/PictureGrid';
import { Button } from '../../ui/controls/Button';
import { Equation } from '../../ui/controls/Equation';
import { Panel } from '../../ui/controls/Panel';
import { NoiseTimeField } from '../model/NoiseTimeField';
import { explanations } from './explanations';
import { MomentsTable } from './MomentsTable';
import { PixelHistogram } from './PixelHistogram';
import { ScheduleSelect } from './ScheduleSelect';
import {
  type NoisedPictures,
  useLabTime,
  useNoisedPictures,
  usePlaying,
  useScheduleDiffusion,
} from './useForwardLab';
import './StepsAndJumpPanel.css';

const noise = (tex: string) => String.raw`\htmlClass{noise}{${tex}}`;
const signal = (tex: string) => String.raw`\htmlClass{signal}{${tex}}`;
const stepTex = String.raw`x_t = ${signal(String.raw`\sqrt{1-\beta_t}`)}\;x_{t-1} + ${noise(String.raw`\sqrt{\beta_t}`)}\;\varepsilon_t`;
const jumpTex = String.raw`x_t = ${signal(String.raw`\sqrt{\bar\alpha_t}`)}\;x_0 + ${noise(String.raw`\sqrt{1-\bar\alpha_t}`)}\;\varepsilon`;

/** The two equations, and under each the same with the numbers of t; before the first step x_t is the picture itself. */
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

/** The same pictures noised one step after another and in one jump: not the same pixels, but the same distribution. */
export function StepsAndJumpPanel() {
  usePlaying();
  const first = useStore((state) => state.forwardLab.first);
  const diffusion = useScheduleDiffusion(first);
  const noised = useNoisedPictures(diffusion);
  const t = useLabTime();
  const equations = equationsAt(diffusion, t);
  return (
    <Panel
      id="steps-and-jump"
      title="Step by step, or in one jump"
      lead="A sum of normal noises is normal again: t small steps and one jump give pictures of the same distribution. Training uses the jump, so that any t costs the same."
    >
      <div className="steps-and-jump" data-t={t}>
        <div className="steps-and-jump__pictures">
          <Noised
            tex={equations.step}
            label="x t equals the root of one minus beta t times x t minus 1, plus the root of beta t times fresh noise"
            caption={`${t.toLocaleString('en')} single steps`}
            pictures={noised?.chain ?? null}
            of={noised}
          />
          <Noised
            tex={equations.jump}
            label="x t equals the root of alpha bar t times x zero, plus the root of one minus alpha bar t times noise"
            caption="one jump"
            pictures={noised?.jump ?? null}
            of={noised}
          />
        </div>
        <Controls nSteps={diffusion.nSteps} />
        <div className="steps-and-jump__numbers">
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
  pictures: Float32Array | null;
  of: NoisedPictures | null;
}

function Noised({ tex, label, caption, pictures, of }: NoisedProps) {
  return (
    <figure className="noised">
      <Equation tex={tex} label={label} />
      {pictures && of && (
        <PictureGrid
          pictures={pictures}
          count={of.count}
          size={of.size}
          channels={of.channels}
          columns={Math.sqrt(of.count)}
          label={`${of.count} pictures after ${caption}`}
        />
      )}
      <figcaption className="noised__caption">{caption}</figcaption>
    </figure>
  );
}

function Controls({ nSteps }: { nSteps: number }) {
  const { playing, seed, first } = useStore((state) => state.forwardLab);
  const set = useStore((state) => state.setForwardLab);
  const t = useLabTime();
  return (
    <div className="steps-and-jump__controls">
      <Button
        icon={playing ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
        onClick={() => set(playing ? { playing: false } : { playing: true, t: t === nSteps ? 0 : t })}
      >
        {playing ? 'Pause' : 'Play'}
      </Button>
      <div className="steps-and-jump__time">
        <NoiseTimeField
          explanation={explanations.time}
          t={t}
          from={0}
          nSteps={nSteps}
          onChange={(next) => set({ t: next, playing: false })}
        />
      </div>
      <ScheduleSelect
        label="Schedule"
        explanation={explanations.schedule}
        value={first}
        onChange={(next) => set({ first: next })}
      />
      <Button icon={<Dices size={16} aria-hidden />} onClick={() => set({ seed: seed + 1 })}>
        New noise
      </Button>
    </div>
  );
}
