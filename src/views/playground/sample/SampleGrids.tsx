import { type ReactNode, useMemo } from 'react';
import { classesOfColumns, columnsOf } from '../../../engine/data/columnsOf';
import { recordingWords } from '../../../panels/model/modelWords';
import { explanations } from '../../../panels/sampling/explanations';
import { factsOf } from '../../../store/datasetFacts';
import type { ImageBytes, Recording } from '../../../store/recording';
import { useStore } from '../../../store/store';
import { EmptyGrid } from '../../../ui/canvasGrid/EmptyGrid';
import { ImageGrid } from '../../../ui/canvasGrid/ImageGrid';
import { Explanation } from '../../../ui/controls/Explanation';
import { MathSymbol } from '../../../ui/WithSubscripts';
import { type ShownStep, useShownStep } from './useShownStep';
import './SampleGrids.css';

/** Side by side, more columns make images too small to see. */
const mostBeside = 8;

/** All images at the shown step: x_t, and beside it what the model takes them for. */
export function SampleGrids() {
  const shown = useShownStep();
  const columns = shown ? gridColumns(shown.recording) : 0;
  return (
    <div className="stack gap-2">
      <p className="note" data-quantity="drawn-by">
        {shown && `Drawn by: ${recordingWords(shown.recording)}`}
      </p>
      <div className={columns > mostBeside ? 'stack gap-3' : 'images'}>
        <Grid
          shown={shown}
          images={shown?.step.x ?? null}
          label="Images on their way"
          empty="Noise turns into images here."
          symbol="x_t"
          caption={shown ? captionOf(shown) : 'on the way'}
          explanation={<Explanation about="x t">{explanations.xt}</Explanation>}
        />
        <Grid
          shown={shown}
          images={shown?.step.x0 ?? null}
          label="The model’s guesses"
          empty={shown ? 'The first guess comes with the first step.' : 'What the model makes of the noise.'}
          symbol="x̂_0"
          caption="predicted image"
          explanation={<Explanation about="x zero hat">{explanations.x0}</Explanation>}
        />
      </div>
    </div>
  );
}

function gridColumns({ settings, model }: Recording): number {
  return columnsOf(settings.count, settings.classes === 'each' ? model.nClasses : 0);
}

function captionOf({ step, recording }: ShownStep): string {
  if (step.index === 0) return 'pure noise';
  return step.index === recording.total ? 'finished' : `${step.t} steps of noise left`;
}

interface GridProps {
  shown: ShownStep | null;
  images: ImageBytes | null;
  label: string;
  /** Stands in the place of the images while there are none. */
  empty: string;
  symbol: string;
  caption: string;
  explanation: ReactNode;
}

function Grid({ shown, images, label, empty, symbol, caption, explanation }: GridProps) {
  const wanted = useStore((state) => state.values.sampling.count);
  const selected = useStore((state) => state.sampling.image);
  const selectImage = useStore((state) => state.selectImage);
  const count = shown?.recording.settings.count ?? wanted;
  const nClasses = shown && hasEach(shown.recording) ? shown.recording.model.nClasses : 0;
  const columns = columnsOf(count, nClasses);
  const columnNames = useColumnNames(columns, nClasses);
  const nameOf = useNameOf(shown?.recording ?? null);
  return (
    <figure className="sample-grid">
      {shown && images ? (
        <ImageGrid
          images={images}
          count={count}
          size={shown.recording.model.imageSize}
          channels={shown.recording.model.imageChannels}
          columns={columns}
          label={label}
          selected={selected}
          onSelect={selectImage}
          columnNames={columnNames}
          {...(nameOf && { nameOf })}
        />
      ) : (
        <EmptyGrid columns={columns} count={count}>
          {empty}
        </EmptyGrid>
      )}
      <figcaption className="sample-grid__caption">
        <MathSymbol text={symbol} />
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
  const { classNames } = useStore((state) => factsOf(state, state.values.data.dataset));
  return useMemo(
    () =>
      (nClasses === 0 ? [] : classesOfColumns(columns, nClasses)).map((labels) =>
        labels.map((label) => classNames[label] ?? String(label)).join(' · '),
      ),
    [columns, nClasses, classNames],
  );
}

/** Names images with their class, where they have one. */
function useNameOf(recording: Recording | null): ((index: number) => string) | undefined {
  const { classNames } = useStore((state) => factsOf(state, state.values.data.dataset));
  const classes = recording?.settings.classes ?? 'none';
  const nClasses = recording?.model.nClasses ?? 0;
  return useMemo(() => {
    if (classes === 'none') return undefined;
    return (index) => {
      const label = classes === 'each' ? index % nClasses : classes;
      return `Image ${index + 1}, class ${classNames[label] ?? label}`;
    };
  }, [classes, nClasses, classNames]);
}
