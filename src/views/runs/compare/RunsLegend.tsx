import type { CSSProperties } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { formatQuantity } from '../../../ui/formatQuantity';
import type { Reading } from '../../../ui/plot/Plot';
import type { Run } from '../record/run';
import { colourToken, lineOf } from './lines';

/** What the curves of both plots are at the cursor; null outside of them. */
export interface CursorReadings {
  training: Reading | null;
  heldOut: Reading | null;
}

interface RunsLegendProps {
  runs: readonly Run[];
  xName: string;
  /** Curves of training loss a run; the last one is read. */
  curvesEach: number;
  cursor: StoreApi<CursorReadings>;
}

/** The keys of all curves, with what they are at the shared cursor. */
export function RunsLegend({ runs, xName, curvesEach, cursor }: RunsLegendProps) {
  const { training, heldOut } = useStore(cursor);
  const x = training?.x ?? heldOut?.x ?? null;
  return (
    <div className="stack gap-1">
      <ul className="legend" aria-label="The lines">
        {runs.map(({ facts }, i) => (
          <li
            key={facts.id}
            className="legend__key runs__key"
            data-dashed={lineOf(runs, i).dash.length > 0}
            style={{ '--colour': `var(${colourToken(facts.colour)})` } as CSSProperties}
          >
            {facts.name}
            {x !== null && (
              <b>
                {' '}
                {lossWords(training?.values[curvesEach * (i + 1) - 1])} / {lossWords(heldOut?.values[i])}
              </b>
            )}
          </li>
        ))}
      </ul>
      <p className="note">
        {x === null
          ? 'Point at a curve to read all runs at the same place.'
          : `Training / held-out loss at ${xName} ${x.toLocaleString('en')}`}
      </p>
    </div>
  );
}

function lossWords(loss: number | undefined): string {
  return loss === undefined ? '–' : formatQuantity(loss);
}
