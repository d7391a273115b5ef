import { Brush } from 'lucide-react';
import { useMemo } from 'react';
import { alphaBarAt, createDiffusion } from '../../../engine/diffusion/diffusion';
import { DrawOrStop } from '../../../panels/model/DrawOrStop';
import { StudyProgress } from '../../../panels/model/StudyProgress';
import { useEditingProblem } from '../../../panels/model/useEditingProblem';
import { useModelConfig } from '../../../panels/model/useModel';
import { useValues } from '../../../panels/settings/useSettings';
import { useStore } from '../../../store/store';
import { Button } from '../../../ui/controls/Button';
import { Equation } from '../../../ui/controls/Equation';
import { Panel } from '../../../ui/controls/Panel';
import { useCalm } from '../../../ui/useCalm';
import { changeDrawing, drawingOf, stroke } from '../drawings';
import { ImageToImageField } from '../help';
import { imageToImageGroup } from '../settings';
import { useLiveRun } from '../useLiveRun';
import { DrawingBoard } from './DrawingBoard';
import { useImageToImage } from './state';
import { ChosenVariant, Variants } from './Variants';

const noising = String.raw`x_t = \htmlClass{signal}{\sqrt{\bar\alpha_t}}\;x_0 + \htmlClass{noise}{\sqrt{1-\bar\alpha_t}}\;\varepsilon`;

/** A drawing noised to t and denoised: what the model would have drawn there (SDEdit). */
export function ImageToImagePanel() {
  return (
    <Panel
      id="image-to-image"
      title="Image to image"
      lead="Draw, or choose an image and draw on it. Noising to step t hides the drawing’s detail but keeps its overall shape. The model fills in the rest (SDEdit, Meng et al. 2022)."
    >
      <div className="stack">
        <NoisingEquation />
        <div className="painting">
          <DrawingBoard />
          <div className="stack gap-3">
            <Variants />
            <ChosenVariant />
          </div>
        </div>
        <Settings />
        <Run />
      </div>
    </Panel>
  );
}

function useTime(): { t: number; nSteps: number; alphaBar: number } {
  const { schedule, nSteps } = useModelConfig();
  const t = Math.min(useValues(imageToImageGroup).t, nSteps);
  const diffusion = useMemo(() => createDiffusion(schedule, nSteps), [schedule, nSteps]);
  return { t, nSteps, alphaBar: alphaBarAt(diffusion, t - 1) };
}

function NoisingEquation() {
  const { t, alphaBar } = useCalm(useTime(), 125);
  const [signal, noise] = [Math.sqrt(alphaBar).toFixed(3), Math.sqrt(1 - alphaBar).toFixed(3)];
  const tex = useMemo(
    () =>
      String.raw`x_{${t}} = \htmlClass{signal}{${signal}}\;x_0 + \htmlClass{noise}{${noise}}\;\varepsilon`,
    [t, signal, noise],
  );
  return (
    <div className="equations">
      <Equation
        tex={noising}
        label="x t equals the root of alpha bar t times x zero plus the root of one minus alpha bar t times epsilon"
      />
      <Equation tex={tex} label={`x ${t} equals ${signal} times x zero plus ${noise} times epsilon`} />
    </div>
  );
}

function Settings() {
  const { t } = useTime();
  return (
    <div className="fields">
      <div className="wide">
        <ImageToImageField of="t" as="slider" />
      </div>
      <ImageToImageField of="count" />
      <ImageToImageField of="sampler" />
      <ImageToImageField of="steps" nSteps={t} disabled={t === 0} />
      <ImageToImageField of="seed" as="seed" />
    </div>
  );
}

function Run() {
  const settings = useValues(imageToImageGroup);
  const run = useImageToImage();
  const { variants, chosen, status } = run;
  const drawing = useStore(drawingOf);
  const blocked = useEditingProblem();
  const live = useLiveRun(run.draw, run.stop, [settings, drawing?.history.present]);
  const length = variants ? variants.size ** 2 * variants.channels : 0;
  const usable = variants && drawing && length === drawing.history.present.length;
  const goOn = () => {
    const variant = variants?.images.slice(chosen * length, (chosen + 1) * length);
    if (variant) changeDrawing(useStore.getState(), stroke<Float32Array>(variant, false));
  };
  return (
    <div className="stack gap-3" data-status={status}>
      <div className="row">
        <DrawOrStop
          label="Draw variants"
          running={status === 'running'}
          disabled={blocked !== null}
          quiet={live}
          onDraw={run.draw}
          onStop={run.stop}
        />
        <Button icon={Brush} disabled={!usable || status === 'running'} onClick={goOn}>
          Go on from variant {chosen + 1}
        </Button>
      </div>
      <StudyProgress label="Steps of the variants" run={run} blocked={blocked !== null} />
    </div>
  );
}
