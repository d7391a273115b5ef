import { useMemo } from 'react';
import { DrawOrStop } from '../../../panels/model/DrawOrStop';
import { StudyProgress } from '../../../panels/model/StudyProgress';
import { useEditingProblem } from '../../../panels/model/useEditingProblem';
import { useValues } from '../../../panels/settings/useSettings';
import { useStore } from '../../../store/store';
import { Equation } from '../../../ui/controls/Equation';
import { Panel } from '../../../ui/controls/Panel';
import { useCalm } from '../../../ui/useCalm';
import { InterpolationField } from '../help';
import { interpolationGroup } from '../settings';
import { useLiveRun } from '../useLiveRun';
import { blendNumbers, blendSymbols } from './blendEquation';
import { LambdaScrubber } from './LambdaScrubber';
import { MixtureImages } from './MixtureImages';
import { MixtureTable } from './MixtureTable';
import { useInterpolation } from './state';
import { mixtureAt, type ShownPair, useInterpolationTime, usePair } from './usePair';

/** Two images of the data set, noised to t, mixed there and denoised: images between both. */
export function InterpolationPanel() {
  const pair = usePair();
  return (
    <Panel
      id="interpolation"
      title="Interpolation"
      lead="Two images are noised to step t, mixed, and denoised. Mixing the pixels would give a double exposure; this gives a new image."
    >
      <div className="interpolation">
        <div className="stack">
          <MixtureImages pair={pair} />
          <LambdaScrubber />
          <Run />
        </div>
        <div className="stack">
          <Settings />
          {pair && <Numbers pair={pair} />}
        </div>
      </div>
    </Panel>
  );
}

function Run() {
  const settings = useInterpolationRequest();
  const run = useInterpolation();
  const drawn = run.frames.filter((frame) => frame).length;
  const places = run.frames.length;
  const data = useStore((state) => state.dataset.data);
  const blocked = useEditingProblem();
  const live = useLiveRun(run.draw, run.stop, [settings, data]);
  const complete = places > 0 && drawn === places;
  return (
    <div className="beside" data-status={run.status} data-complete={complete}>
      <StudyProgress
        label="Steps of the strip"
        run={run}
        {...(run.status === 'finished' && places > 0 && { note: `${drawn} of ${places} values of λ` })}
        blocked={blocked !== null}
      />
      <DrawOrStop
        label="Draw"
        running={run.status === 'running'}
        disabled={blocked !== null}
        quiet={live}
        onDraw={run.draw}
        onStop={run.stop}
      />
    </div>
  );
}

/** All that the strip is made of: another λ shows another place of it. */
function useInterpolationRequest(): string {
  const { place: _, ...request } = useValues(interpolationGroup);
  return JSON.stringify(request);
}

function Settings() {
  const { t } = useInterpolationTime();
  return (
    <div className="fields">
      <div className="wide">
        <InterpolationField of="t" as="slider" />
      </div>
      <InterpolationField of="blend" as="segmented" />
      <InterpolationField of="noise" as="segmented" />
      <InterpolationField of="sampler" />
      <InterpolationField of="steps" nSteps={t} disabled={t === 0} />
      <InterpolationField of="seed" as="seed" />
    </div>
  );
}

function Numbers({ pair }: { pair: ShownPair }) {
  const { blend, noise, place } = useValues(interpolationGroup);
  const time = useInterpolationTime();
  const mixture = mixtureAt(time, pair, place, blend, noise);
  // Typesetting at every frame of the animation would hold up the images.
  const calm = useCalm(mixture, 125);
  const numbers = useMemo(() => blendNumbers(calm), [calm]);
  return (
    <div className="stack gap-2">
      <div className="equations">
        <Equation {...blendSymbols(blend)} />
        <Equation {...numbers} />
      </div>
      <MixtureTable mixture={mixture} />
      <p className="note">
        The reference noises to the index t and denoises from t − 1, one step short; here both are the same t.
      </p>
    </div>
  );
}
