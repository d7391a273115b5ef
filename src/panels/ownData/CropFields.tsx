import { useState } from 'react';
import { type CropWindow, centreWindow, smallestWindow } from '../../engine/data/import/crop';
import { useCollection } from '../../store/ownData/useCollection';
import { Segmented } from '../../ui/controls/Segmented';
import { SliderField } from '../../ui/controls/SliderField';
import { CropPreview } from './CropPreview';
import './Crop.css';

const choices = [
  { value: 'centre', title: 'Centre' },
  { value: 'padded', title: 'Padded' },
  { value: 'stretched', title: 'Stretched' },
  { value: 'window', title: 'Window' },
] as const;

/** What is taken of each picture, tried on the first of them. */
export function CropFields() {
  const crop = useCollection((state) => state.crop);
  const setCrop = useCollection((state) => state.setCrop);
  const examples = useCollection((state) => state.examples);
  const isWindow = typeof crop !== 'string';
  const [window, setWindow] = useState<CropWindow>(isWindow ? crop : { ...centreWindow, size: 0.7 });
  const areSquare = examples.every(({ width, height }) => width === height);

  function change(changes: Partial<CropWindow>) {
    const changed = { ...window, ...changes };
    setWindow(changed);
    void setCrop(changed);
  }

  return (
    <div className="crop">
      <Segmented
        label="Crop"
        explanation={
          <p>
            What is learned is square. Centre: the largest square in the middle of each picture. Padded: all
            of it, with bars in the mean colour of the edges that they adjoin. Stretched: all of it, with its
            proportions lost. Window: a square that you drag, or move by the sliders; its side is a share of
            each picture’s short side.
          </p>
        }
        value={isWindow ? 'window' : crop}
        options={choices}
        onChange={(choice) => void setCrop(choice === 'window' ? window : choice)}
      />
      {isWindow && <WindowSliders window={crop} onChange={change} />}
      {areSquare && !isWindow ? (
        <p className="field__note">The first pictures are square: only a window takes less of them.</p>
      ) : (
        <CropPreview onMove={change} />
      )}
    </div>
  );
}

interface WindowSlidersProps {
  window: CropWindow;
  onChange: (changes: Partial<CropWindow>) => void;
}

function WindowSliders({ window, onChange }: WindowSlidersProps) {
  const percent = (label: string, name: keyof CropWindow, min: number) => (
    <SliderField
      label={label}
      value={Math.round(100 * window[name])}
      min={100 * min}
      max={100}
      format={(value) => `${value} %`}
      onChange={(value) => onChange({ [name]: value / 100 })}
    />
  );
  return (
    <div className="crop__sliders">
      {percent('Side', 'size', smallestWindow)}
      {percent('Across', 'x', 0)}
      {percent('Down', 'y', 0)}
    </div>
  );
}
