import { type ReactNode, useMemo } from 'react';
import { factsOf } from '../../store/datasetFacts';
import type { PictureBytes, Recording } from '../../store/recording';
import { useStore } from '../../store/store';
import { classesOfColumns, columnsOf } from '../../ui/canvasGrid/columnsOf';
import { EmptyGrid } from '../../ui/canvasGrid/EmptyGrid';
import { PictureGrid } from '../../ui/canvasGrid/PictureGrid';
import { Explanation } from '../../ui/controls/Explanation';
import { explanations } from './explanations';
import { type ShownStep, useShownStep } from './useShownStep';
import './SampleGrids.css';

/** All pictures at the shown step: x_t, and beside it what the model takes them for. */
export function SampleGrids() {
  const shown = useShownStep();
  return (
    <div className="sample-grids">
      <Grid
        shown={shown}
        pictures={shown?.step.x ?? null}
        label="Pictures on their way"
        empty="Noise turns into pictures here."
        symbol={<>x{<sub>t</sub>}</>}
        caption={shown ? captionOf(shown) : 'on the way'}
        explanation={<Explanation about="x t">{explanations.xt}</Explanation>}
      />
      <Grid
        shown={shown}
        pictures={shown?.step.x0 ?? null}
        label="The model’s guesses"
        empty={shown ? 'The first guess comes with the first step.' : 'What the model makes of the noise.'}
        symbol={<>x̂{<sub>0</sub>}</>}
        caption="the model’s guess"
        explanation={<Explanation about="x zero hat">{explanations.x0}</Explanation>}
      />
    </div>
  );
}

function captionOf({ step, recording }: ShownStep): string {
  if (step.index === 0) return 'pure noise';
  return step.index === recording.total ? 'finished' : `${step.t} steps of noise left`;
}

interface GridProps {
  shown: ShownStep | null;
  pictures: PictureBytes | null;
  label: string;
  /** Stands in the place of the pictures while there are none. */
  empty: string;
  symbol: ReactNode;
  caption: string;
  explanation: ReactNode;
}

function Grid({ shown, pictures, label, empty, symbol, caption, explanation }: GridProps) {
  const wanted = useStore((state) => state.sampling.settings.count);
  const selected = useStore((state) => state.sampling.picture);
  const selectPicture = useStore((state) => state.selectPicture);
  const count = shown?.recording.settings.count ?? wanted;
  const nClasses = shown && hasEach(shown.recording) ? shown.recording.model.nClasses : 0;
  const columns = columnsOf(count, nClasses);
  const columnNames = useColumnNames(columns, nClasses);
  const nameOf = useNameOf(shown?.recording ?? null);
  return (
    <figure className="sample-grid">
      {shown && pictures ? (
        <PictureGrid
          pictures={pictures}
          count={count}
          size={shown.recording.model.imageSize}
          channels={shown.recording.model.imageChannels}
          columns={columns}
          label={label}
          selected={selected}
          onSelect={selectPicture}
          columnNames={columnNames}
          {...(nameOf && { nameOf })}
        />
      ) : (
        <EmptyGrid columns={columns} count={count}>
          {empty}
        </EmptyGrid>
      )}
      <figcaption className="sample-grid__caption">
        <span className="math">{symbol}</span>
        <span>{caption}</span>
        {explanation}
      </figcaption>
    </figure>
  );
}

function hasEach({ settings }: Recording): boolean {
  return settings.classes === 'each';
}

/** The classes over the columns, where every column has its own. */
function useColumnNames(columns: number, nClasses: number): string[] {
  const { classNames } = useStore((state) => factsOf(state, state.settings.dataset));
  return useMemo(
    () =>
      (nClasses === 0 ? [] : classesOfColumns(columns, nClasses)).map((labels) =>
        labels.map((label) => classNames[label] ?? String(label)).join(' · '),
      ),
    [columns, nClasses, classNames],
  );
}

/** Names pictures with their class, where they have one. */
function useNameOf(recording: Recording | null): ((index: number) => string) | undefined {
  const { classNames } = useStore((state) => factsOf(state, state.settings.dataset));
  const classes = recording?.settings.classes ?? 'none';
  const nClasses = recording?.model.nClasses ?? 0;
  return useMemo(() => {
    if (classes === 'none') return undefined;
    return (index) => {
      const label = classes === 'each' ? index % nClasses : classes;
      return `Picture ${index + 1}, class ${classNames[label] ?? label}`;
    };
  }, [classes, nClasses, classNames]);
}
