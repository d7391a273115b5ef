import { Images, Shuffle } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useCallback, useMemo, useState } from 'react';
import { PictureGrid } from '../../ui/canvasGrid/PictureGrid';
import { Button } from '../../ui/controls/Button';
import type { DatasetMessage } from '../../worker/protocol';
import { gatherPictures, indicesOfClasses, shuffled } from '../data/examples';
import { useCurrentData } from './useCurrentData';
import './PicturePicker.css';

interface PicturePickerProps {
  /** Names the button for screen readers, and the list. */
  label: string;
  /** On the button. */
  text?: string;
  /** Index in the data set of the chosen picture; −1 for none. */
  selected: number;
  onPick: (index: number) => void;
}

const shownCount = 48;
const columns = 8;

/** A button that opens pictures of the data set to choose from. */
export function PicturePicker({ label, text = label, selected, onPick }: PicturePickerProps) {
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
        <Button icon={<Images size={16} aria-hidden />} disabled={!data} aria-label={label}>
          {text}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="explanation picture-picker"
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
  data: DatasetMessage;
  selected: number;
  onPick: (index: number) => void;
}

function Choices({ data, selected, onPick }: ChoicesProps) {
  const [seed, setSeed] = useState(0);
  const shown = useMemo(() => {
    const all = indicesOfClasses(data.labels, []);
    return (seed === 0 ? all : shuffled(all, seed)).slice(0, shownCount);
  }, [data, seed]);
  const pictures = useMemo(
    () => gatherPictures(data.images, shown, data.imageSize ** 2 * data.channels),
    [data, shown],
  );
  const nameOf = useCallback(
    (position: number) => pictureName(data, shown[position] as number),
    [data, shown],
  );
  return (
    <>
      <div className="picture-picker__grid">
        <PictureGrid
          pictures={pictures}
          count={shown.length}
          size={data.imageSize}
          channels={data.channels}
          columns={columns}
          label="Pictures of the data set"
          selected={shown.indexOf(selected)}
          nameOf={nameOf}
          onSelect={(position) => onPick(shown[position] as number)}
        />
      </div>
      <Button icon={<Shuffle size={16} aria-hidden />} onClick={() => setSeed(seed + 1)}>
        Others
      </Button>
    </>
  );
}

/** "7, example 1,204". */
export function pictureName({ classNames, labels }: DatasetMessage, index: number): string {
  return `${classNames[labels[index] as number]}, example ${(index + 1).toLocaleString('en')}`;
}
