import { useMemo } from 'react';
import { useStore } from '../../../store/store';
import { Equation } from '../../../ui/controls/Equation';
import { Panel } from '../../../ui/controls/Panel';
import { Segmented } from '../../../ui/controls/Segmented';
import { DrawingProgress } from '../../model/DrawingProgress';
import { DrawOrStop } from '../../model/DrawOrStop';
import { NoiseSeedField } from '../../model/NoiseSeedField';
import { NoiseTimeField } from '../../model/NoiseTimeField';
import { useEditingProblem } from '../../model/useEditingProblem';
import { useCalm } from '../../sample/useCalm';
import { explanations } from '../explanations';
import { useLiveRun } from '../useLiveRun';
import { WayBackFields } from '../WayBackFields';
import { blendNumbers, blendSymbols } from './blendEquation';
import { LambdaScrubber } from './LambdaScrubber';
import { MixturePictures } from './MixturePictures';
import { MixtureTable } from './MixtureTable';
import { mixtureAt, type ShownPair, useInterpolationTime, usePair } from './usePair';
import './InterpolationPanel.css';

const blends = [
  { value: 'linear', title: 'Line' },
  { value: 'spherical', title: 'Arc' },
] as const;
const noises = [
  { value: 'same', title: 'Shared' },
  { value: 'own', title: 'Own' },
] as const;

/** Two pictures of the data set, noised to t, mixed there and denoised: pictures between both. */
export function InterpolationPanel() {
  const pair = usePair();
  return (
    <Panel
      id="interpolation"
      title="Interpolation"
      lead="Two pictures are noised to t, mixed there, and denoised. A mixture of pixels would be a double exposure; this is a picture of its own."
    >
      <div className="interpolation">
        <div className="interpolation__main">
          <MixturePictures pair={pair} />
          <LambdaScrubber />
          <Run />
        </div>
        <div className="interpolation__side">
          <Settings />
          {pair && <Numbers pair={pair} />}
        </div>
      </div>
    </Panel>
  );
}

function Run() {
  const { settings, status, done, total, problem } = useStore((state) => state.interpolation);
  const drawn = useStore(({ interpolation }) => interpolation.frames.filter((frame) => frame).length);
  const places = useStore(({ interpolation }) => interpolation.frames.length);
  const data = useStore((state) => state.dataset.data);
  const { runInterpolation, stopInterpolation } = useStore.getState();
  const blocked = useEditingProblem();
  const live = useLiveRun(runInterpolation, stopInterpolation, [settings, data]);
  return (
    <div className="interpolation__run" data-status={status} data-complete={places > 0 && drawn === places}>
      <DrawingProgress
        label="Steps of the strip"
        status={status}
        done={done}
        total={total}
        note={status === 'finished' && places > 0 ? `${drawn} of ${places} values of λ` : ''}
        problem={blocked ? null : problem}
      />
      <DrawOrStop
        label="Draw"
        running={status === 'running'}
        disabled={blocked !== null}
        quiet={live}
        onDraw={runInterpolation}
        onStop={stopInterpolation}
      />
    </div>
  );
}

function Settings() {
  const settings = useStore((state) => state.interpolation.settings);
  const set = useStore((state) => state.setInterpolation);
  const { diffusion, t } = useInterpolationTime();
  return (
    <div className="desk-settings">
      <div className="edit-settings__wide">
        <NoiseTimeField
          explanation={explanations.time}
          t={t}
          from={0}
          nSteps={diffusion.nSteps}
          stops={100}
          onChange={(next) => set({ t: next })}
        />
      </div>
      <Segmented
        label="Mixed along"
        explanation={explanations.blend}
        value={settings.blend}
        options={blends}
        onChange={(blend) => set({ blend })}
      />
      <Segmented
        label="Noise"
        explanation={explanations.pairNoise}
        value={settings.noise}
        options={noises}
        onChange={(noise) => set({ noise })}
      />
      <WayBackFields sampler={settings.sampler} steps={settings.steps} t={t} onChange={set} />
      <NoiseSeedField seed={settings.seed} onChange={(seed) => set({ seed })} />
    </div>
  );
}

function Numbers({ pair }: { pair: ShownPair }) {
  const { settings, place } = useStore((state) => state.interpolation);
  const time = useInterpolationTime();
  const mixture = mixtureAt(time, pair, place, settings.blend, settings.noise);
  // Typesetting at every frame of the animation would hold up the pictures.
  const calm = useCalm(mixture, 125);
  const numbers = useMemo(() => blendNumbers(calm), [calm]);
  return (
    <div>
      <div className="desk-equations">
        <Equation {...blendSymbols(settings.blend)} />
        <Equation {...numbers} />
      </div>
      <MixtureTable mixture={mixture} />
      <p className="field__note interpolation__reference">
        The reference noises to the index t and denoises from t − 1, one step short; here both are the same t.
      </p>
    </div>
  );
}
