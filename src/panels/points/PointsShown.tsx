import { pointsStore, usePoints } from '../../store/points/usePoints';
import { Segmented } from '../../ui/controls/Segmented';
import { explanations } from './explanations';

const fields = [
  { value: 'learned', title: 'Learned' },
  { value: 'exact', title: 'Exact' },
  { value: 'difference', title: 'Difference' },
] as const;
const quantities = [
  { value: 'epsilon', title: 'Noise ε' },
  { value: 'score', title: 'Score' },
] as const;
const directions = [
  { value: 'reverse', title: 'Samples' },
  { value: 'forward', title: 'Noised data' },
] as const;

/** What is drawn: whose field, as noise or as score, and which points. */
export function PointsShown() {
  const shown = usePoints((state) => state.shown);
  const quantity = usePoints((state) => state.quantity);
  const direction = usePoints((state) => state.direction);
  const { show } = pointsStore.getState();
  return (
    <div className="points-shown">
      <Segmented
        label="Field"
        explanation={explanations.field}
        value={shown}
        options={fields}
        onChange={(shown) => show({ shown })}
      />
      <Segmented
        label="Arrows"
        explanation={explanations.quantity}
        value={quantity}
        options={quantities}
        onChange={(quantity) => show({ quantity })}
      />
      <Segmented
        label="Points"
        explanation={explanations.direction}
        value={direction}
        options={directions}
        onChange={(direction) => show({ direction })}
      />
    </div>
  );
}
