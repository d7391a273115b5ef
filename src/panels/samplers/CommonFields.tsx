import { largestCount } from '../../store/samplingSettings';
import { useStore } from '../../store/store';
import { NumberField } from '../../ui/controls/NumberField';
import { SeedField } from '../../ui/controls/SeedField';
import { Segmented } from '../../ui/controls/Segmented';
import { SwitchField } from '../../ui/controls/SwitchField';
import { explanations as sampling } from '../sample/explanations';
import type { ShownQuantity } from './ComparedGrid';
import { explanations } from './explanations';

interface CommonFieldsProps {
  quantity: ShownQuantity;
  onQuantity: (quantity: ShownQuantity) => void;
}

/** What both sides have in common, and what of them is shown. */
export function CommonFields({ quantity, onQuantity }: CommonFieldsProps) {
  const { count, seed, clipX0 } = useStore((state) => state.comparison.settings);
  const set = useStore((state) => state.setComparison);
  return (
    <div className="samplers-common">
      <NumberField
        label="Pictures"
        explanation={sampling.count}
        value={count}
        onCommit={(next) => set({ count: next })}
        min={1}
        max={largestCount}
        integer
      />
      <SeedField seed={seed} explanation={explanations.seed} onChange={(next) => set({ seed: next })} />
      <Segmented
        label="Shown"
        explanation={explanations.shown}
        value={quantity}
        options={quantities}
        onChange={onQuantity}
      />
      <SwitchField
        label="Clip the guess"
        symbol={
          <>
            x̂<sub>0</sub>
          </>
        }
        explanation={sampling.clipX0}
        checked={clipX0}
        onChange={(next) => set({ clipX0: next })}
      />
    </div>
  );
}

const quantities = [
  {
    value: 'x',
    title: (
      <span className="math">
        x<sub>t</sub>
      </span>
    ),
  },
  {
    value: 'x0',
    title: (
      <span className="math">
        x̂<sub>0</sub>
      </span>
    ),
  },
] as const;
