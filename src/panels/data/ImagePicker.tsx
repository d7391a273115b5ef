import { Images, Shuffle } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useCallback, useMemo, useState } from 'react';
import type { LoadedDataset } from '../../engine/data/datasets';
import { indexWithin } from '../../store/editing';
import { ImageGrid } from '../../ui/canvasGrid/ImageGrid';
import { Button } from '../../ui/controls/Button';
import { gatherImages, indicesOfClasses, shuffled } from '../data/examples';
import { useCurrentData } from './useCurrentData';

interface ImagePickerProps {
  /** Names the button for screen readers, and the list. */
  label: string;
  /** On the button. */
  text?: string;
  /** Index in the data set of the chosen image; −1 for none. */
  selected: number;
  onPick: (index: number) => void;
}

const shownCount = 48;
const columns = 8;

/** A button that opens images of the data set to choose from. */
export function ImagePicker({ label, text = label, selected, onPick }: ImagePickerProps) {
  const data = useCurrentData();
  const [open, setOpen] = useState(false);
  const pick = useCallback(
    (index: number) => {
      onPick(index);
      setOpen(false);
    },
    [onPick],
  );
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button icon={Images} disabled={!data} aria-label={label}>
          {text}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="explanation stack gap-3"
          sideOffset={4}
          collisionPadding={12}
          aria-label={label}
        >
          {data && <Choices data={data} selected={selected} onPick={pick} />}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface ChoicesProps {
  data: LoadedDataset;
  selected: number;
  onPick: (index: number) => void;
}

function Choices({ data, selected, onPick }: ChoicesProps) {
  const [seed, setSeed] = useState(0);
  const shown = useMemo(() => {
    const all = indicesOfClasses(data.labels, []);
    return (seed === 0 ? all : shuffled(all, seed)).slice(0, shownCount);
  }, [data, seed]);
  const images = useMemo(
    () => gatherImages(data.images, shown, data.imageSize ** 2 * data.channels),
    [data, shown],
  );
  const nameOf = useCallback((position: number) => imageName(data, shown[position] as number), [data, shown]);
  return (
    <>
      <ImageGrid
        images={images}
        count={shown.length}
        size={data.imageSize}
        channels={data.channels}
        columns={columns}
        label="Images of the data set"
        selected={shown.indexOf(selected)}
        nameOf={nameOf}
        onSelect={(position) => onPick(shown[position] as number)}
      />
      <Button icon={Shuffle} onClick={() => setSeed(seed + 1)}>
        Others
      </Button>
    </>
  );
}

/** "7, example 1,204". */
export function imageName(data: LoadedDataset, index: number): string {
  const shown = indexWithin(data, index);
  return `${data.classNames[data.labels[shown] as number]}, example ${(shown + 1).toLocaleString('en')}`;
}
