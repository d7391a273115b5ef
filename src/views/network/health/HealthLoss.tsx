import type { StepHealth } from '../../../engine/network/healthMonitor';
import { useStore } from '../../../store/store';
import { formatQuantity } from '../../../ui/formatQuantity';

/** The smoothed loss at each measured step, below its column of the heat strip. */
export function HealthLoss({ history }: { history: readonly StepHealth[] }) {
  const losses = useStore((state) => state.training.losses);
  // It grows in place.
  useStore((state) => state.training.step);
  const values = history.map(({ step }) => losses.smoothed[step - losses.before - 1] ?? Number.NaN);
  const known = values.filter((value) => value > 0);
  if (known.length === 0) return null;
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const height = (value: number) => (most > least ? Math.log(most / value) / Math.log(most / least) : 0.5);
  const points = values.flatMap((value, column) =>
    value > 0 ? [`${column + 0.5},${height(value).toFixed(4)}`] : [],
  );
  const [first, last] = [known[0] as number, known.at(-1) as number];
  return (
    <figure className="health-loss">
      <figcaption>
        <span>Loss</span>
        <span>{formatQuantity(most)}</span>
        <span>{formatQuantity(least)}</span>
      </figcaption>
      <svg
        viewBox={`0 -0.05 ${history.length} 1.1`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Loss from ${formatQuantity(first)} to ${formatQuantity(last)} over the measured steps`}
      >
        <polyline points={points.join(' ')} />
      </svg>
    </figure>
  );
}
