import { Eraser, Undo2 } from 'lucide-react';
import type { PointSetDefinition } from '../../engine/points/sets/pointSet';
import { pointSets } from '../../engine/points/sets/pointSets';
import { useValues } from '../../panels/settings/useSettings';
import { Button } from '../../ui/controls/Button';
import { NumberField } from '../../ui/controls/NumberField';
import { PointsField } from './help';
import { pointsGroup } from './settings';
import { pointsStore } from './usePoints';

/** The points to learn. */
export function PointsData() {
  const { set, drawn } = useValues(pointsGroup);
  const { draw } = pointsStore.getState();
  const fixed: number | undefined =
    set === 'drawn' ? drawn.length / 2 : (pointSets[set] as PointSetDefinition).fixedCount;
  return (
    <div className="stack gap-3">
      <PointsField of="set" as="segmented" />
      {set === 'drawn' && (
        <div className="row">
          <p className="note">
            Draw on the plane with the pointer, or focus it: arrow keys move the cross, Enter sets a point.
          </p>
          <Button icon={Undo2} disabled={drawn.length === 0} onClick={() => draw(drawn.slice(0, -2))}>
            Undo a point
          </Button>
          <Button icon={Eraser} disabled={drawn.length === 0} onClick={() => draw(new Float32Array())}>
            Clear
          </Button>
        </div>
      )}
      <div className="fields">
        {fixed === undefined ? (
          <PointsField of="count" />
        ) : (
          <NumberField label="Points" symbol="N" value={fixed} disabled onCommit={() => {}} />
        )}
        <PointsField of="noise" as="slider" />
      </div>
    </div>
  );
}

/** Network, training run and diffusion. */
export function PointsSettings() {
  return (
    <div className="fields">
      <PointsField of="width" />
      <PointsField of="layers" />
      <PointsField of="learningRate" />
      <PointsField of="batchSize" />
      <PointsField of="emaDecay" />
      <PointsField of="nSteps" />
      <PointsField of="schedule" />
      <PointsField of="sampler" />
      <PointsField of="samplerSteps" />
      <PointsField of="eta" as="slider" />
    </div>
  );
}
