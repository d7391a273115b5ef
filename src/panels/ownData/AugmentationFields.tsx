import { type Augmentation, largestShift } from '../../engine/data/augmentation';
import { SliderField } from '../../ui/controls/SliderField';
import { SwitchField } from '../../ui/controls/SwitchField';

interface AugmentationFieldsProps {
  augmentation: Augmentation;
  imageSize: number;
  onChange: (changes: Partial<Augmentation>) => void;
}

/** How images are changed at random whenever they are drawn for a batch. */
export function AugmentationFields({ augmentation, imageSize, onChange }: AugmentationFieldsProps) {
  const { flipAcross, flipDown, shift } = augmentation;
  return (
    <fieldset className="stack gap-2">
      <legend className="title">Augmentation</legend>
      <SwitchField
        label="Flip left and right"
        explanation={
          <p>
            Each time an image is in a batch, it is mirrored with probability ½. Right for faces and cats,
            wrong for letters. The seed decides, so that a run can be repeated.
          </p>
        }
        checked={flipAcross}
        onChange={(checked) => onChange({ flipAcross: checked })}
      />
      <SwitchField
        label="Flip top and bottom"
        checked={flipDown}
        onChange={(checked) => onChange({ flipDown: checked })}
      />
      <SliderField
        label="Shift at most"
        explanation={
          <p>
            Each time an image is in a batch, it is moved along both axes by a random whole number of pixels
            up to this. Its edge fills the gap. A few images then train like many.
          </p>
        }
        value={shift}
        min={0}
        max={largestShift(imageSize)}
        format={(value) => `${value} ${value === 1 ? 'pixel' : 'pixels'}`}
        onChange={(value) => onChange({ shift: value })}
      />
    </fieldset>
  );
}
