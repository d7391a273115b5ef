import { Brush } from 'lucide-react';
import { useMemo } from 'react';
import { alphaBarAt, createDiffusion } from '../../../engine/diffusion/diffusion';
import { largestCount } from '../../../store/samplingSettings';
import { useStore } from '../../../store/store';
import { Button } from '../../../ui/controls/Button';
import { Equation } from '../../../ui/controls/Equation';
import { NumberField } from '../../../ui/controls/NumberField';
import { Panel } from '../../../ui/controls/Panel';
import { DrawingProgress } from '../../model/DrawingProgress';
import { DrawOrStop } from '../../model/DrawOrStop';
import { NoiseSeedField } from '../../model/NoiseSeedField';
import { NoiseTimeField } from '../../model/NoiseTimeField';
import { useEditingProblem } from '../../model/useEditingProblem';
import { useModelConfig } from '../../model/useModel';
import { useCalm } from '../../sample/useCalm';
import { explanations } from '../explanations';
import { useLiveRun } from '../useLiveRun';
import { WayBackFields } from '../WayBackFields';
import { DrawingBoard } from './DrawingBoard';
import { ChosenVariant, Variants } from './Variants';

const noising = String.raw`x_t = \htmlClass{signal}{\sqrt{\bar\alpha_t}}\;x_0 + \htmlClass{noise}{\sqrt{1-\bar\alpha_t}}\;\varepsilon`;

/** A drawing noised to t and denoised: what the model would have drawn there (SDEdit). */
export function PictureToPicturePanel() {
  return (
    <Panel
      id="picture-to-picture"
      title="Picture to picture"
      lead="Draw, or choose a picture and draw on it. Noise to t hides how it was drawn and keeps what it is; the model draws the rest (SDEdit, Meng et al. 2022)."
    >
      <div className="desk-stack">
        <NoisingEquation />
        <div className="desk">
          <DrawingBoard />
          <div className="desk__column">
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
  const t = useStore(({ pictureToPicture }) => Math.min(pictureToPicture.settings.t, nSteps));
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
    <div className="desk-equations">
      <Equation
        tex={noising}
        label="x t equals the root of alpha bar t times x zero plus the root of one minus alpha bar t times epsilon"
      />
      <Equation tex={tex} label={`x ${t} equals ${signal} times x zero plus ${noise} times epsilon`} />
    </div>
  );
}

function Settings() {
  const settings = useStore((state) => state.pictureToPicture.settings);
  const set = useStore((state) => state.setPictureToPicture);
  const { t, nSteps } = useTime();
  return (
    <div className="desk-settings">
      <div className="edit-settings__wide">
        <NoiseTimeField
          label="Strength"
          explanation={explanations.time}
          t={t}
          from={0}
          nSteps={nSteps}
          stops={100}
          onChange={(next) => set({ t: next })}
        />
      </div>
      <NumberField
        label="Variants"
        explanation={explanations.count}
        value={settings.count}
        onCommit={(count) => set({ count })}
        min={1}
        max={largestCount}
        integer
      />
      <WayBackFields sampler={settings.sampler} steps={settings.steps} t={t} onChange={set} />
      <NoiseSeedField seed={settings.seed} onChange={(seed) => set({ seed })} />
    </div>
  );
}

function Run() {
  const { settings, drawing, variants, chosen, status, done, total, problem } = useStore(
    (state) => state.pictureToPicture,
  );
  const { runPictureToPicture, stopPictureToPicture, changeDrawing } = useStore.getState();
  const blocked = useEditingProblem();
  const live = useLiveRun(runPictureToPicture, stopPictureToPicture, [settings, drawing?.history.present]);
  const length = variants ? variants.size ** 2 * variants.channels : 0;
  const usable = variants && drawing && length === drawing.history.present.length;
  return (
    <div className="desk__column" data-status={status}>
      <div className="desk-actions">
        <DrawOrStop
          label="Draw variants"
          running={status === 'running'}
          disabled={blocked !== null}
          quiet={live}
          onDraw={runPictureToPicture}
          onStop={stopPictureToPicture}
        />
        <Button
          icon={<Brush size={16} aria-hidden />}
          disabled={!usable || status === 'running'}
          onClick={() => {
            if (variants) changeDrawing(variants.pictures.slice(chosen * length, (chosen + 1) * length));
          }}
        >
          Go on from variant {chosen + 1}
        </Button>
      </div>
      <DrawingProgress
        label="Steps of the variants"
        status={status}
        done={done}
        total={total}
        problem={blocked ? null : problem}
      />
    </div>
  );
}
