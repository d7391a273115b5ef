import { ChevronLeft, ChevronRight, Shuffle } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { LoadedDataset } from '../../../engine/data/datasets';
import { gatherImages, indicesOfClasses, shuffled } from '../../../panels/data/examples';
import { imageName } from '../../../panels/data/ImagePicker';
import { forwardGroup } from '../../../settings/groups/forward';
import { useStore } from '../../../store/store';
import { ImageGrid } from '../../../ui/canvasGrid/ImageGrid';
import { Button } from '../../../ui/controls/Button';
import { IconButton } from '../../../ui/controls/IconButton';
import './data.css';

/** Divides by both numbers of columns, so that a full page has full rows. */
const pageSize = 48;
const columnsFor = (width: number) => (width < 500 ? 8 : 12);

/** A page of real examples of the classes shown; a click picks the one for the forward process. */
export function ExampleGrid() {
  const data = useStore((state) => state.dataset.data);
  const filter = useStore((state) => state.values.shown.classFilter);
  // A new set or filter starts again at its first page.
  return <Pages key={`${data?.id} ${filter.join()}`} data={data} filter={filter} />;
}

function Pages({ data, filter }: { data: LoadedDataset | null; filter: readonly number[] }) {
  const [seed, setSeed] = useState(0);
  const [page, setPage] = useState(0);
  const order = useMemo(() => {
    const indices = data ? indicesOfClasses(data.labels, filter) : new Uint32Array();
    return seed === 0 ? indices : shuffled(indices, seed);
  }, [data, filter, seed]);
  const pages = Math.max(1, Math.ceil(order.length / pageSize));
  const shown = useMemo(() => order.subarray(page * pageSize, (page + 1) * pageSize), [order, page]);
  return (
    <div className="stack gap-2">
      <div className="data__examples">{data && <Grid data={data} shown={shown} />}</div>
      <div className="row">
        <p className="note" aria-live="polite">
          {data &&
            `${(page * pageSize + 1).toLocaleString('en')}–${(page * pageSize + shown.length).toLocaleString('en')} of ${order.length.toLocaleString('en')}`}
        </p>
        <Button
          className="push"
          icon={Shuffle}
          disabled={!data}
          onClick={() => {
            setSeed(seed + 1);
            setPage(0);
          }}
        >
          Shuffle
        </Button>
        <IconButton
          label="Page before"
          icon={ChevronLeft}
          disabled={page === 0}
          onClick={() => setPage(page - 1)}
        />
        <IconButton
          label="Next page"
          icon={ChevronRight}
          disabled={page === pages - 1}
          onClick={() => setPage(page + 1)}
        />
      </div>
    </div>
  );
}

function Grid({ data, shown }: { data: LoadedDataset; shown: Uint32Array }) {
  const picked = useStore((state) => state.values.forward.exampleIndex);
  const images = useMemo(
    () => gatherImages(data.images, shown, data.imageSize ** 2 * data.channels),
    [data, shown],
  );
  const nameOf = useCallback((position: number) => imageName(data, shown[position] as number), [data, shown]);
  const select = useCallback(
    (position: number) => {
      const index = shown[position];
      if (index !== undefined) pickExample(index);
    },
    [shown],
  );
  return (
    <ImageGrid
      images={images}
      count={shown.length}
      size={data.imageSize}
      channels={data.channels}
      columns={columnsFor}
      label="Examples of the data set"
      selected={shown.indexOf(picked)}
      nameOf={nameOf}
      onSelect={select}
    />
  );
}

function pickExample(exampleIndex: number): void {
  useStore.getState().set(forwardGroup, { exampleIndex });
}
