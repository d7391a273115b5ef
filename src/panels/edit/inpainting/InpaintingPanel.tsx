import { Brush, Paintbrush, Square } from 'lucide-react';
import { useEffect } from 'react';
import { holeProblem } from '../../../store/inpaintingSlice';
import { largestCount } from '../../../store/samplingSettings';
import { useStore } from '../../../store/store';
import { Button } from '../../../ui/controls/Button';
import { Equation } from '../../../ui/controls/Equation';
import { NumberField } from '../../../ui/controls/NumberField';
import { Panel } from '../../../ui/controls/Panel';
import { formatDuration } from '../../../ui/formatDuration';
import { DrawingProgress } from '../../model/DrawingProgress';
import { NoiseSeedField } from '../../model/NoiseSeedField';
import { useEditingProblem } from '../../model/useEditingProblem';
import { useModelConfig } from '../../model/useModel';
import { explanations } from '../explanations';
import { ChosenInpainted, InpaintedGrid } from './Inpainted';
import { MaskBoard } from './MaskBoard';
import { ResamplingPath } from './ResamplingPath';

const kept = String.raw`\htmlClass{signal}{x_{t-1}^{\text{kept}}}`;
const drawn = String.raw`\htmlClass{noise}{x_{t-1}^{\text{drawn}}}`;
const equations = [
  {
    tex: String.raw`x_{t-1} = m \odot ${kept} + (1-m) \odot ${drawn}`,
    label: 'x t minus 1 equals m times the kept part plus one minus m times the drawn part',
  },
  {
    tex: String.raw`${kept} \sim q(x_{t-1} \mid x_0)`,
    label: 'the kept part is drawn from q of x t minus 1 given x zero',
  },
  {
    tex: String.raw`${drawn} \sim p_\theta(x_{t-1} \mid x_t)`,
    label: 'the drawn part is drawn from p theta of x t minus 1 given x t',
  },
];

/** A part of a picture drawn anew so that it fits the rest (RePaint). */
export function InpaintingPanel() {
  return (
    <Panel
      id="inpainting"
      title="Inpainting"
      lead="Paint over what is to be drawn anew. At every step the rest is put back, noised to that step; going back and forth lets both agree (RePaint, Lugmayr et al. 2022)."
    >
      <div className="desk-stack">
        <div className="desk-equations">
          {equations.map((equation) => (
            <Equation key={equation.tex} {...equation} />
          ))}
        </div>
        <div className="desk">
          <MaskBoard />
          <div className="desk__column">
            <InpaintedGrid />
            <ChosenInpainted />
          </div>
        </div>
        <Settings />
        <Path />
        <Run />
      </div>
    </Panel>
  );
}

function Settings() {
  const settings = useStore((state) => state.inpainting.settings);
  const set = useStore((state) => state.setInpainting);
  const { nSteps } = useModelConfig();
  return (
    <div className="desk-settings">
      <NumberField
        label="Steps"
        explanation={<p>Steps from noise to picture, were there no going back. All T is RePaint’s paper.</p>}
        value={Math.min(settings.steps, nSteps)}
        onCommit={(steps) => set({ steps })}
        min={2}
        max={nSteps}
        integer
      />
      <NumberField
        label="Passes"
        symbol="U"
        explanation={explanations.resamplings}
        value={settings.resamplings}
        onCommit={(resamplings) => set({ resamplings })}
        min={1}
        max={50}
        integer
      />
      <NumberField
        label="Jump length"
        symbol="j"
        explanation={explanations.jumpLength}
        value={settings.jumpLength}
        onCommit={(jumpLength) => set({ jumpLength })}
        min={1}
        max={1000}
        integer
      />
      <NumberField
        label="Variants"
        explanation={explanations.count}
        value={settings.count}
        onCommit={(count) => set({ count })}
        min={1}
        max={largestCount}
        integer
      />
      <NoiseSeedField seed={settings.seed} onChange={(seed) => set({ seed })} />
    </div>
  );
}

function Path() {
  const { settings, shown } = useStore((state) => state.inpainting);
  const { nSteps } = useModelConfig();
  const steps = Math.min(settings.steps, nSteps);
  const { resamplings, jumpLength } = settings;
  const ofShown =
    shown?.resampling.steps === steps &&
    shown.resampling.resamplings === resamplings &&
    shown.resampling.jumpLength === jumpLength;
  return <ResamplingPath {...{ steps, resamplings, jumpLength }} done={ofShown ? shown.index : null} />;
}

function Run() {
  const { masked, shown, chosen, status, secondsLeft, problem } = useStore((state) => state.inpainting);
  const { runInpainting, stopInpainting, openMasked } = useStore.getState();
  const blocked = useEditingProblem() ?? holeProblem(masked);
  useEffect(() => stopInpainting, [stopInpainting]);
  const running = status === 'running';
  const usable = shown && masked && shown.picture.length === masked.picture.length && shown.t < 0;
  return (
    <div className="desk__column" data-status={status} data-index={shown?.index}>
      <div className="desk-actions">
        <Button
          variant="primary"
          icon={<Paintbrush size={16} aria-hidden />}
          disabled={blocked !== null}
          onClick={() => void runInpainting()}
        >
          Inpaint
        </Button>
        <Button icon={<Square size={15} aria-hidden />} disabled={!running} onClick={stopInpainting}>
          Stop
        </Button>
        <Button
          icon={<Brush size={16} aria-hidden />}
          disabled={!usable || running}
          onClick={() => {
            if (!shown || !masked) return;
            const { length } = shown.picture;
            const variant = shown.x.slice(chosen * length, (chosen + 1) * length);
            openMasked(variant, { ...masked, example: null }, masked.hole.present);
          }}
        >
          Go on from variant {chosen + 1}
        </Button>
      </div>
      <DrawingProgress
        label="Moves of the inpainting"
        status={status}
        done={shown?.index ?? 0}
        total={shown?.total ?? 0}
        note={running && secondsLeft !== null ? `${formatDuration(secondsLeft)} left` : ''}
        problem={blocked && problem ? blocked : problem}
      />
      {blocked && status !== 'failed' && !problem && <p className="field__note">{blocked}</p>}
    </div>
  );
}
