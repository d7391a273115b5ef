import { type Quantity, stepSymbols } from '../../../engine/diffusion/samplers/reverseTerms';
import type { ShownTerms } from '../../../panels/sampling/reverseTerms';
import { Equation } from '../../../ui/controls/Equation';
import { formatQuantity } from '../../../ui/formatQuantity';
import { QuantityRow, QuantityTable } from '../../../ui/quantityTable/QuantityTable';

interface ReverseTableProps {
  terms: ShownTerms;
  /** Whether s is always t − 1, as in the equations beside it. */
  everyStep: boolean;
}

/** Every symbol of the reverse step: what it is, and its value in the step that is shown. */
export function ReverseTable({ terms, everyStep }: ReverseTableProps) {
  const { t, s, alphaBar, beta, sigma } = terms;
  return (
    <QuantityTable caption="Symbols of the reverse step and their values" valueTitle="Value in this step">
      <QuantityRow id="t" symbol="t" value={t.toLocaleString('en')}>
        steps of noise before this step; {s.toLocaleString('en')} after it
      </QuantityRow>
      <QuantityRow id="alpha-bar" symbol="ᾱ_t" value={formatQuantity(alphaBar)}>
        share of the image’s variance in x<sub>t</sub>
      </QuantityRow>
      <QuantityRow id="beta" symbol={`β_{${everyStep ? 't' : 't|s'}}`} value={formatQuantity(beta)}>
        variance of the noise that this step undoes
      </QuantityRow>
      <MeanRows terms={terms} everyStep={everyStep} />
      <QuantityRow id="sigma" symbol="σ_t" value={sigma === 'learned' ? 'learned' : formatQuantity(sigma)}>
        {sigma !== 0 ? (
          <>
            weight of fresh noise <i className="math">z</i>
          </>
        ) : (
          'no noise is added in this step'
        )}
      </QuantityRow>
    </QuantityTable>
  );
}

const quantities: Record<Quantity, { symbol: string; kind?: 'signal' | 'noise' }> = {
  xt: { symbol: 'x_t' },
  x0: { symbol: 'x̂_0', kind: 'signal' },
  eps: { symbol: 'ε_θ', kind: 'noise' },
  velocity: { symbol: 'u_θ' },
  x0Before: { symbol: 'x̂_0′', kind: 'signal' },
};

function MeanRows({ terms: { mean, scale }, everyStep }: ReverseTableProps) {
  const symbols = stepSymbols(everyStep);
  return (
    <>
      {mean.map(
        ({ of, weight }) =>
          weight && (
            <QuantityRow
              key={of}
              id={`${of}-weight`}
              {...quantities[of]}
              value={formatQuantity(weight.value)}
            >
              its weight, <Equation {...weight.formula(symbols)} inline />
              {weight.note && `; ${weight.note}`}
            </QuantityRow>
          ),
      )}
      {scale && (
        <QuantityRow
          id="scale"
          symbol={<Equation {...scale.formula(symbols)} inline />}
          value={scale.value.toFixed(4)}
        >
          scales the sum
        </QuantityRow>
      )}
    </>
  );
}
