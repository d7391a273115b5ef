import { useState } from 'react';
import { type CropWindow, centreWindow, smallestWindow } from '../../engine/data/import/crop';
import { useCollection } from '../../store/ownData/useCollection';
import { Segmented } from '../../ui/controls/Segmented';
import { SliderField } from '../../ui/controls/SliderField';
import { CropPreview } from './CropPreview';

const choices = [
  { value: 'centre', title: 'Centre' },
  { value: 'padded', title: 'Padded' },
  { value: 'stretched', title: 'Stretched' },
  { value: 'window', title: 'Window' },
] as const;

/** What is taken of each image, tried on the first of them. */
export function CropFields() {
  const { crop } = useCollection((state) => state.appearance);
  const setAppearance = useCollection((state) => state.setAppearance);
  const { examples } = useCollection((state) => state.found);
  const isWindow = typeof crop !== 'string';
  const [window, setWindow] = useState<CropWindow>(isWindow ? crop : { ...centreWindow, size: 0.7 });
  const areSquare = examples.every(({ width, height }) => width === height);

  function change(changes: Partial<CropWindow>) {
    const changed = { ...window, ...changes };
    setWindow(changed);
    void setAppearance({ crop: changed });
  }

  return (
    <div className="stack gap-3">
      <Segmented
        label="Crop"
        explanation={
          <p>
            The model learns square images. Centre: the largest square in the middle of each image. Padded:
            the whole image, with bars in the mean colour of its edges. Stretched: the whole image, with its
            proportions lost. Window: a square that you drag or move by the sliders. Its side is a share of
            the image’s short side.
          </p>
        }
        value={isWindow ? 'window' : crop}
        options={choices}
        onChange={(choice) => void setAppearance({ crop: choice === 'window' ? window : choice })}
      />
      {isWindow && <WindowSliders window={crop} onChange={change} />}
      {areSquare && !isWindow ? (
        <p className="note">The first images are square: only a window takes less of them.</p>
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
    <div className="images images--3">
      {percent('Side', 'size', smallestWindow)}
      {percent('Across', 'x', 0)}
      {percent('Down', 'y', 0)}
    </div>
  );
}
