import { isSameShape } from '../../../store/editing';
import { useStore } from '../../../store/store';
import { EmptyGrid } from '../../../ui/canvasGrid/EmptyGrid';
import { PictureGrid } from '../../../ui/canvasGrid/PictureGrid';
import { PictureTerm } from '../../../ui/canvasGrid/PictureTerm';

/** All variants on their way, as they are at t. */
export function InpaintedGrid() {
  const { shown, masked, chosen, settings } = useStore((state) => state.inpainting);
  const choose = useStore((state) => state.chooseInpainted);
  if (!shown || !isSameShape(shown, masked))
    return (
      <EmptyGrid columns={4} count={settings.count}>
        The hole is drawn here, step by step, around what is kept.
      </EmptyGrid>
    );
  return (
    <PictureGrid
      pictures={shown.x}
      count={shown.count}
      size={shown.size}
      channels={shown.channels}
      columns={4}
      label="Inpainted variants"
      selected={chosen}
      onSelect={choose}
      nameOf={(index) => `Variant ${index + 1}`}
    />
  );
}

/** The picture with its hole, and the chosen variant: as it is, and what the model takes it for. */
export function ChosenInpainted() {
  const { shown, masked, chosen } = useStore((state) => state.inpainting);
  if (!shown || !isSameShape(shown, masked)) return null;
  const { size, channels, picture, x, x0, t } = shown;
  const at = chosen * picture.length;
  const of = (pictures: Float32Array) => pictures.subarray(at, at + picture.length);
  return (
    <div className="desk-chosen">
      <PictureTerm
        picture={picture}
        size={size}
        channels={channels}
        label="The source of the run"
        symbol={
          <>
            x<sub>0</sub>
          </>
        }
        caption="the source"
      />
      <PictureTerm
        picture={of(x0)}
        size={size}
        channels={channels}
        label={`What the model takes variant ${chosen + 1} for`}
        symbol={
          <>
            x̂<sub>0</sub>
          </>
        }
        caption="the model’s guess"
      />
      <PictureTerm
        picture={of(x)}
        size={size}
        channels={channels}
        label={`Inpainted variant ${chosen + 1}`}
        symbol={
          <>
            x<sub>{t + 1}</sub>
          </>
        }
        caption={t < 0 ? 'finished' : `${(t + 1).toLocaleString('en')} steps of noise left`}
      />
    </div>
  );
}
