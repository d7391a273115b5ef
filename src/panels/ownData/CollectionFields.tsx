import { longestName } from '../../engine/names';
import { imageSizes } from '../../store/ownData/collectionStore';
import { useCollection } from '../../store/ownData/useCollection';
import { Segmented } from '../../ui/controls/Segmented';
import { SelectField } from '../../ui/controls/SelectField';
import { TextField } from '../../ui/controls/TextField';
import { AugmentationFields } from './AugmentationFields';
import { CropFields } from './CropFields';

/** What becomes of the collected images: name, crop, size, colours, and how they are varied. */
export function CollectionFields() {
  const title = useCollection((state) => state.title);
  const { imageSize, channels } = useCollection((state) => state.shape);
  const augmentation = useCollection((state) => state.augmentation);
  const { setTitle, setShape, setAugmentation } = useCollection((state) => state);
  const sizes = [...new Set([...imageSizes, imageSize])].sort((a, b) => a - b);
  return (
    <div className="stack gap-3">
      <TextField
        label="Name"
        value={title}
        onChange={setTitle}
        placeholder="My images"
        maxLength={longestName.dataset}
      />
      <CropFields />
      <div className="fields">
        <SelectField
          label="Size"
          explanation={
            <p>
              Each cropped image is brought to this size. Small images train fast: 8×8 in a minute, 16×16 in
              minutes. 32×32 and above need a GPU or patience.
            </p>
          }
          value={String(imageSize)}
          options={sizes.map((side) => ({ value: String(side), title: `${side}×${side} pixels` }))}
          onChange={(value) => void setShape({ imageSize: Number(value) })}
        />
        <Segmented
          label="Colours"
          value={channels === 3 ? 'rgb' : 'grey'}
          options={[
            { value: 'grey', title: 'Grey' },
            { value: 'rgb', title: 'RGB' },
          ]}
          onChange={(value) => void setShape({ channels: value === 'rgb' ? 3 : 1 })}
        />
      </div>
      <AugmentationFields augmentation={augmentation} imageSize={imageSize} onChange={setAugmentation} />
    </div>
  );
}
