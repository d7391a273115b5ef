import { Eraser, Undo2 } from 'lucide-react';
import { samplerOf } from '../../engine/diffusion/samplers/samplers';
import { type ScheduleId, schedules } from '../../engine/diffusion/schedules/schedules';
import { MOST_POINTS } from '../../engine/points/pointData';
import type { PointSetDefinition } from '../../engine/points/sets/pointSet';
import { type PointSetId, pointSets } from '../../engine/points/sets/pointSets';
import { pointsStore, usePoints } from '../../store/points/usePoints';
import { Button } from '../../ui/controls/Button';
import { NumberField } from '../../ui/controls/NumberField';
import { Segmented } from '../../ui/controls/Segmented';
import { SelectField } from '../../ui/controls/SelectField';
import { SliderField } from '../../ui/controls/SliderField';
import { samplerOptions } from '../sample/samplerOptions';
import { explanations } from './explanations';

const sets = [
  ...(Object.entries(pointSets) as [PointSetId, PointSetDefinition][]).map(([value, { title }]) => ({
    value,
    title,
  })),
  { value: 'drawn' as const, title: 'Draw your own' },
];
const scheduleOptions = (Object.keys(schedules) as ScheduleId[]).map((value) => ({
  value,
  ...schedules[value],
}));

/** The points to learn. */
export function PointsData() {
  const { set, count, noise } = usePoints((state) => state.choices);
  const drawn = usePoints((state) => state.drawn);
  const { choose, draw } = pointsStore.getState();
  const fixed: number | undefined =
    set === 'drawn' ? drawn.length / 2 : (pointSets[set] as PointSetDefinition).fixedCount;
  return (
    <div className="points-data">
      <Segmented
        label="Data"
        explanation={explanations.set}
        value={set}
        options={sets}
        onChange={(set) => void choose({ set })}
      />
      {set === 'drawn' && (
        <div className="points-data__drawn">
          <p className="field__note">
            Draw on the plane with the pointer, or focus it: arrow keys move the cross, Enter sets a point.
          </p>
          <Button
            icon={<Undo2 size={16} aria-hidden />}
            disabled={drawn.length === 0}
            onClick={() => void draw(drawn.slice(0, -2))}
          >
            Undo a point
          </Button>
          <Button
            icon={<Eraser size={16} aria-hidden />}
            disabled={drawn.length === 0}
            onClick={() => void draw(new Float32Array())}
          >
            Clear
          </Button>
        </div>
      )}
      <div className="points-fields">
        <NumberField
          label="Points"
          symbol="N"
          explanation={explanations.count}
          value={fixed ?? count}
          disabled={fixed !== undefined}
          min={2}
          max={MOST_POINTS}
          step={16}
          integer
          onCommit={(count) => void choose({ count })}
        />
        <SliderField
          label="Data noise"
          symbol="s"
          explanation={explanations.noise}
          value={noise}
          min={0.02}
          max={0.4}
          step={0.02}
          format={(value) => value.toFixed(2)}
          onChange={(noise) => void choose({ noise })}
        />
      </div>
    </div>
  );
}

/** Network, training run and diffusion. */
export function PointsSettings() {
  const { width, layers, nSteps, schedule } = usePoints((state) => state.choices);
  const { batchSize, learningRate, emaDecay } = usePoints((state) => state.trainer);
  const { sampler, samplerSteps, eta } = usePoints((state) => state.sampling);
  const { choose, changeTrainer, changeSampling } = pointsStore.getState();
  return (
    <div className="points-fields">
      <NumberField
        label="Hidden width"
        explanation={explanations.width}
        value={width}
        min={8}
        max={256}
        step={16}
        integer
        onCommit={(width) => void choose({ width })}
      />
      <NumberField
        label="Hidden layers"
        explanation={explanations.layers}
        value={layers}
        min={1}
        max={6}
        integer
        onCommit={(layers) => void choose({ layers })}
      />
      <NumberField
        label="Learning rate"
        symbol="γ"
        explanation={explanations.learningRate}
        value={learningRate}
        min={1e-5}
        max={1}
        step={5e-4}
        onCommit={(learningRate) => changeTrainer({ learningRate })}
      />
      <NumberField
        label="Batch"
        symbol="B"
        explanation={explanations.batchSize}
        value={batchSize}
        min={1}
        max={2048}
        step={32}
        integer
        onCommit={(batchSize) => changeTrainer({ batchSize })}
      />
      <NumberField
        label="EMA decay"
        symbol="d"
        explanation={explanations.emaDecay}
        value={emaDecay}
        min={0}
        max={0.9999}
        step={0.001}
        onCommit={(emaDecay) => changeTrainer({ emaDecay })}
      />
      <NumberField
        label="Diffusion steps"
        symbol="T"
        explanation={explanations.nSteps}
        value={nSteps}
        min={10}
        max={1000}
        step={50}
        integer
        onCommit={(nSteps) => void choose({ nSteps })}
      />
      <SelectField
        label="Schedule"
        symbol={
          <>
            β<sub>t</sub>
          </>
        }
        explanation={explanations.schedule}
        value={schedule}
        options={scheduleOptions}
        onChange={(schedule) => void choose({ schedule })}
      />
      <SelectField
        label="Sampler"
        explanation={explanations.sampler}
        value={sampler}
        options={samplerOptions}
        onChange={(sampler) => {
          const { steps } = samplerOf(sampler).usual;
          changeSampling({ sampler, samplerSteps: steps === 'all' ? nSteps : steps });
        }}
      />
      <NumberField
        label="Sampler steps"
        symbol="S"
        explanation={explanations.samplerSteps}
        value={samplerSteps}
        min={1}
        max={1000}
        step={10}
        integer
        onCommit={(samplerSteps) => changeSampling({ samplerSteps })}
      />
      <SliderField
        label="Stochasticity"
        symbol="η"
        explanation={explanations.eta}
        value={eta}
        min={0}
        max={1}
        step={0.1}
        disabled={!samplerOf(sampler).heeds.includes('eta')}
        onChange={(eta) => changeSampling({ eta })}
      />
    </div>
  );
}
