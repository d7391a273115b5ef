import { formatQuantity } from '../../../ui/formatQuantity';
import { QuantityRow, QuantityTable } from '../../../ui/quantityTable/QuantityTable';
import type { Mixture } from './usePair';

/** What the mixture does to the noise, with its numbers. */
export function MixtureTable({ mixture }: { mixture: Mixture }) {
  const { t, lambda, weights, angle, noiseVariance, expectedVariance } = mixture;
  const share = expectedVariance > 0 ? noiseVariance / expectedVariance : 1;
  return (
    <QuantityTable caption="Symbols of the mixture and their values" valueTitle={`Value at λ = ${lambda}`}>
      <QuantityRow id="from" symbol="x_t" value={weights.from.toFixed(3)}>
        weight of the first image at <i className="math">t</i> = {t}
      </QuantityRow>
      <QuantityRow id="to" symbol="x′_t" value={weights.to.toFixed(3)}>
        weight of the second
      </QuantityRow>
      <QuantityRow id="angle" symbol="Ω" value={`${angle.toFixed(0)}°`}>
        angle between both
      </QuantityRow>
      <QuantityRow
        id="expected-variance"
        symbol="1−ᾱ_t"
        kind="noise"
        value={formatQuantity(expectedVariance)}
      >
        variance of the noise that the model expects at <i className="math">t</i>
      </QuantityRow>
      <QuantityRow id="noise-variance" symbol="x̄_t" kind="noise" value={formatQuantity(noiseVariance)}>
        variance of the noise that is in the mixture: {Math.round(100 * share)} % of that
      </QuantityRow>
    </QuantityTable>
  );
}
