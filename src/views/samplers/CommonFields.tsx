import { Segmented } from '../../ui/controls/Segmented';
import { MathSymbol } from '../../ui/WithSubscripts';
import type { ShownQuantity } from './ComparedGrid';
import { explanations, SamplersField } from './help';

interface CommonFieldsProps {
  quantity: ShownQuantity;
  onQuantity: (quantity: ShownQuantity) => void;
}

/** What both sides have in common, and what of them is shown. */
export function CommonFields({ quantity, onQuantity }: CommonFieldsProps) {
  return (
    <div className="fields">
      <SamplersField of="count" />
      <SamplersField of="seed" as="seed" />
      <Segmented
        label="Shown"
        explanation={explanations.shown}
        value={quantity}
        options={quantities}
        onChange={onQuantity}
      />
      <SamplersField of="clipX0" />
    </div>
  );
}

const quantities = [
  { value: 'x', title: <MathSymbol text="x_t" /> },
  { value: 'x0', title: <MathSymbol text="x̂_0" /> },
] as const;
