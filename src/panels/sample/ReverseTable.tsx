import { formatQuantity } from '../../ui/formatQuantity';
import { QuantityRow, QuantityTable } from '../../ui/quantityTable/QuantityTable';
import type { ReverseTerms } from './reverseTerms';

interface ReverseTableProps {
  terms: ReverseTerms;
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
      <QuantityRow
        id="alpha-bar"
        symbol={
          <>
            ᾱ<sub>t</sub>
          </>
        }
        value={formatQuantity(alphaBar)}
      >
        share of the picture’s variance in x<sub>t</sub>
      </QuantityRow>
      <QuantityRow
        id="beta"
        symbol={
          <>
            β<sub>{everyStep ? 't' : 't|s'}</sub>
          </>
        }
        value={formatQuantity(beta)}
      >
        variance of the noise that this step undoes
      </QuantityRow>
      <MeanRows terms={terms} everyStep={everyStep} />
      <QuantityRow
        id="sigma"
        symbol={
          <>
            σ<sub>t</sub>
          </>
        }
        value={formatQuantity(sigma)}
      >
        {sigma > 0 ? (
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

function MeanRows({ terms: { mean }, everyStep }: ReverseTableProps) {
  const next = everyStep ? 't−1' : 's';
  const of = everyStep ? 't' : 't|s';
  const x0 = (
    <>
      x̂<sub>0</sub>
    </>
  );
  const eps = (
    <>
      ε<sub>θ</sub>
    </>
  );
  const xt = (
    <>
      x<sub>t</sub>
    </>
  );
  switch (mean.form) {
    case 'eps':
      return (
        <>
          <QuantityRow id="eps-weight" kind="noise" symbol={eps} value={formatQuantity(mean.eps)}>
            its weight, β<sub>{of}</sub> / √(1−ᾱ<sub>t</sub>): how much of the predicted noise goes
          </QuantityRow>
          <QuantityRow
            id="scale"
            symbol={
              <>
                1/√α<sub>{of}</sub>
              </>
            }
            value={mean.scale.toFixed(4)}
          >
            brings the picture back to its scale
          </QuantityRow>
        </>
      );
    case 'posterior':
      return (
        <>
          <QuantityRow id="x0-weight" kind="signal" symbol={x0} value={formatQuantity(mean.x0)}>
            its weight, √ᾱ<sub>{next}</sub> β<sub>{of}</sub> / (1−ᾱ<sub>t</sub>)
          </QuantityRow>
          <QuantityRow id="xt-weight" symbol={xt} value={formatQuantity(mean.xt)}>
            its weight, √α<sub>{of}</sub> (1−ᾱ<sub>{next}</sub>) / (1−ᾱ<sub>t</sub>)
          </QuantityRow>
        </>
      );
    case 'implicit':
      return (
        <>
          <QuantityRow id="x0-weight" kind="signal" symbol={x0} value={formatQuantity(mean.x0)}>
            its weight, √ᾱ<sub>{next}</sub>
          </QuantityRow>
          <QuantityRow id="eps-weight" kind="noise" symbol={eps} value={formatQuantity(mean.eps)}>
            its weight, √(1−ᾱ<sub>{next}</sub>−σ<sub>t</sub>²)
          </QuantityRow>
        </>
      );
    case 'multistep':
      return (
        <>
          <QuantityRow id="xt-weight" symbol={xt} value={formatQuantity(mean.xt)}>
            its weight, √(1−ᾱ<sub>{next}</sub>) / √(1−ᾱ<sub>t</sub>)
          </QuantityRow>
          <QuantityRow id="x0-weight" kind="signal" symbol={x0} value={formatQuantity(mean.x0)}>
            its weight; <i className="math">h</i> is the step in log √SNR, <i className="math">r</i> the last
            one over it
          </QuantityRow>
          <QuantityRow
            id="x0-before-weight"
            kind="signal"
            symbol={<>{x0}′</>}
            value={formatQuantity(mean.x0Before)}
          >
            its weight: the guess of the step before
          </QuantityRow>
        </>
      );
  }
}
