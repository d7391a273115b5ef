import { Brush, Paintbrush } from 'lucide-react';
import { useEffect } from 'react';
import { drawingWords, StudyProgress } from '../../../panels/model/StudyProgress';
import { useEditingProblem } from '../../../panels/model/useEditingProblem';
import { useModelConfig } from '../../../panels/model/useModel';
import { useValues } from '../../../panels/settings/useSettings';
import { useStore } from '../../../store/store';
import { Button } from '../../../ui/controls/Button';
import { Equation } from '../../../ui/controls/Equation';
import { Panel } from '../../../ui/controls/Panel';
import { StopButton } from '../../../ui/controls/RunButtons';
import { changeMaskedImage, maskedOf } from '../drawings';
import { InpaintingField } from '../help';
import { inpaintingGroup } from '../settings';
import { ChosenInpainted, InpaintedGrid } from './Inpainted';
import { MaskBoard } from './MaskBoard';
import { ResamplingPath } from './ResamplingPath';
import { holeProblem, useInpainting } from './state';

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

/** A part of an image drawn anew so that it fits the rest (RePaint). */
export function InpaintingPanel() {
  return (
    <Panel
      id="inpainting"
      title="Inpainting"
      lead="Paint over the part to fill in. At every step the rest is replaced by the original, noised to that step. Repeated passes make both parts fit (RePaint, Lugmayr et al. 2022)."
    >
      <div className="stack">
        <div className="equations">
          {equations.map((equation) => (
            <Equation key={equation.tex} {...equation} />
          ))}
        </div>
        <div className="painting">
          <MaskBoard />
          <div className="stack gap-3">
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
  return (
    <div className="fields">
      <InpaintingField of="steps" />
      <InpaintingField of="resamplings" />
      <InpaintingField of="jumpLength" />
      <InpaintingField of="count" />
      <InpaintingField of="seed" as="seed" />
    </div>
  );
}

function Path() {
  const settings = useValues(inpaintingGroup);
  const shown = useInpainting((state) => state.shown);
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
  const run = useInpainting();
  const { shown, chosen, status } = run;
  const masked = useStore(maskedOf);
  const blocked = useEditingProblem() ?? holeProblem(masked);
  useEffect(() => run.stop, [run.stop]);
  const running = status === 'running';
  const usable = shown && masked && shown.image.length === masked.image.length && shown.t < 0;
  const goOn = () => {
    if (!shown) return;
    const { length } = shown.image;
    const variant = shown.x.slice(chosen * length, (chosen + 1) * length);
    changeMaskedImage(useStore.getState(), variant, null);
  };
  return (
    <div className="stack gap-3" data-status={status} data-index={shown?.index}>
      <div className="row">
        <Button
          variant="primary"
          icon={Paintbrush}
          disabled={blocked !== null}
          onClick={() => void run.draw()}
        >
          Inpaint
        </Button>
        <StopButton disabled={!running} onStop={run.stop} />
        <Button icon={Brush} disabled={!usable || running} onClick={goOn}>
          Go on from variant {chosen + 1}
        </Button>
      </div>
      <StudyProgress
        label="Moves of the inpainting"
        run={blocked && run.problem ? { ...run, problem: blocked } : run}
        words={{ ...drawingWords, unit: 'move' }}
      />
      {blocked && status !== 'failed' && !run.problem && <p className="note">{blocked}</p>}
    </div>
  );
}
