import { useMemo } from 'react';
import { Equation } from '../../ui/controls/Equation';
import { formatQuantity } from '../../ui/formatQuantity';
import { QuantityRow, QuantityTable } from '../../ui/quantityTable/QuantityTable';
import { useCalm } from '../../ui/useCalm';
import type { GuidedPrediction } from './guessState';
import { guidanceNumbers, guidanceSymbols } from './guidanceEquation';
import type { GuidedGuess } from './guidedGuess';

interface GuidanceNumbersProps {
  guess: GuidedPrediction;
  guided: GuidedGuess;
  guidance: number;
}

/** The equation of guidance, in symbols and for the framed pixel, and the quantities in it. */
export function GuidanceNumbers({ guess, guided, guidance }: GuidanceNumbersProps) {
  const { tex, label } = guidanceNumbers(guess, guided, guidance);
  // Nobody reads sixty equations a second, and typesetting them would hold up the images.
  const calmTex = useCalm(tex, 125);
  const numbers = useMemo(() => ({ tex: calmTex, label }), [calmTex, label]);
  return (
    <div className="stack gap-3">
      <div>
        {guidanceSymbols.map((symbols) => (
          <Equation key={symbols.tex} {...symbols} />
        ))}
      </div>
      <Equation {...numbers} />
      <QuantityTable caption="Quantities of guidance" valueTitle="Value">
        <QuantityRow id="guidance" symbol="w" value={guidance.toFixed(2)}>
          guidance: how far beyond the class itself
        </QuantityRow>
        <QuantityRow id="guidance-scale" symbol="s" value={(1 + guidance).toFixed(2)}>
          the same where ε̂ is written ε<sub>∅</sub> + s (ε<sub>c</sub> − ε<sub>∅</sub>): s = 1 + w
        </QuantityRow>
        <QuantityRow id="push" symbol="|ε_c − ε_∅|" value={formatQuantity(guided.pushSize)}>
          the push, root of its mean square; it is −√(1−ᾱ<sub>t</sub>) times the gradient of log p(c | x
          <sub>t</sub>) of a classifier that nobody trained
        </QuantityRow>
        <QuantityRow id="alpha-bar" symbol="ᾱ_t" kind="signal" value={formatQuantity(guided.alphaBar)}>
          share of the image’s variance that is left in x<sub>t</sub>
        </QuantityRow>
      </QuantityTable>
      <p className="note">
        The second line is the framed pixel, the one that is pushed most. With w = 0 the model draws the class
        as it was learned; w = −1 would leave ε<sub>∅</sub>, a model of no class. After Ho &amp; Salimans
        2022, equation 6.
      </p>
    </div>
  );
}
