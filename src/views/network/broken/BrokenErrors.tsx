import { useMemo } from 'react';
import { Explanation } from '../../../ui/controls/Explanation';
import { formatQuantity } from '../../../ui/formatQuantity';
import { PlotBox } from '../../../ui/plot/PlotBox';
import type { Broken } from '../brokenState';
import { explanations } from '../explanations';

/** The error of both networks by t. */
export function BrokenErrors({ shown: { errors } }: { shown: Broken }) {
  const series = useMemo(() => {
    const x = Float64Array.from(errors, ({ t }) => t + 1);
    return [
      { label: 'unbroken', x, y: Float64Array.from(errors, (one) => one.unbroken), colorToken: '--series-3' },
      { label: 'changed', x, y: Float64Array.from(errors, (one) => one.broken), colorToken: '--series-4' },
    ];
  }, [errors]);
  if (errors.length === 0) return null;
  const mean = (version: 'unbroken' | 'broken') =>
    errors.reduce((sum, one) => sum + one[version], 0) / errors.length;
  return (
    <figure className="broken-errors" data-times={errors.length}>
      <figcaption className="title row gap-1">
        Error by <span className="math">t</span>
        <Explanation about="the error by t">{explanations.errors}</Explanation>
      </figcaption>
      <PlotBox series={series} logY xLabel="t" label="Mean squared error by t of both networks" />
      <p className="note">
        Mean over <span className="math">t</span>: unbroken{' '}
        <b data-number="mean-unbroken">{formatQuantity(mean('unbroken'))}</b>, changed{' '}
        <b data-number="mean-broken">{formatQuantity(mean('broken'))}</b>
      </p>
    </figure>
  );
}
