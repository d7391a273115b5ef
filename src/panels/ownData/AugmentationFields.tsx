import { type Augmentation, largestShift } from '../../engine/data/augmentation';
import { SliderField } from '../../ui/controls/SliderField';
import { SwitchField } from '../../ui/controls/SwitchField';
import './Augmentation.css';

interface AugmentationFieldsProps {
  augmentation: Augmentation;
  imageSize: number;
  onChange: (changes: Partial<Augmentation>) => void;
}

/** How pictures are changed by chance whenever they are drawn for a batch. */
export function AugmentationFields({ augmentation, imageSize, onChange }: AugmentationFieldsProps) {
  const { flipAcross, flipDown, shift } = augmentation;
  return (
    <fieldset className="augmentation">
      <legend className="augmentation__legend">More out of few pictures</legend>
      <SwitchField
        label="Flip left and right"
        explanation={
          <p>
            Half of the times that a picture is in a batch, it is in it as in a mirror. Right for faces and
            cats, wrong for letters. The seed decides, so that a run can be repeated.
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
        label="Shift, at most"
        explanation={
          <p>
            Each time a picture is in a batch, it is moved along both axes by a whole number of pixels up to
            this; its edge fills what comes into sight. Twenty drawings are then many more.
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
