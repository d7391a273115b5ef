import { ImageTerm } from '../../ui/canvasGrid/ImageTerm';
import type { GuidedPrediction } from './guessState';
import type { GuidedGuess } from './guidedGuess';
import { useClassNames } from './useClassModel';

interface GuidanceImagesProps {
  guess: GuidedPrediction | null;
  guided: GuidedGuess | null;
}

/** The noise that the network finds, told nothing and told the class, and the push between them; below, the images that these mean. */
export function GuidanceImages({ guess, guided }: GuidanceImagesProps) {
  const classNames = useClassNames();
  const [size, channels] = [guess?.size ?? 8, guess?.channels ?? 1];
  const name = guess ? (classNames[guess.label] ?? String(guess.label)) : '';
  const common = { size, channels };
  const place = guided && Math.floor(guided.place / channels);
  return (
    <div className="images images--4">
      <ImageTerm
        {...common}
        symbol="ε_∅"
        kind="noise"
        caption="noise without class"
        image={guess?.unconditional ?? null}
      />
      <ImageTerm
        {...common}
        symbol="ε_c"
        kind="signal"
        caption={`noise with class ${name}`}
        image={guess?.conditional ?? null}
      />
      <ImageTerm
        {...common}
        symbol="ε_c − ε_∅"
        caption={guided ? `the push, ×${guided.pushScale.toPrecision(2)}` : 'the push'}
        image={guided?.push.map((value) => value * guided.pushScale) ?? null}
        overlay={place !== null && <Mark at={place} size={size} />}
      />
      <ImageTerm {...common} symbol="ε̂" caption="guided by w" image={guided?.eps ?? null} />
      <ImageTerm {...common} symbol="x_t" caption="the noisy image" image={guess?.xt ?? null} />
      <ImageTerm {...common} symbol="x̂_0" caption="without class" image={guided?.x0Unconditional ?? null} />
      <ImageTerm
        {...common}
        symbol="x̂_0"
        caption={`with class ${name}`}
        image={guided?.x0Conditional ?? null}
      />
      <ImageTerm {...common} symbol="x̂_0" caption="guided by w" image={guided?.x0 ?? null} />
    </div>
  );
}

/** Frames one pixel, by its index. */
function Mark({ at, size }: { at: number; size: number }) {
  const share = 100 / size;
  return (
    <span
      className="guidance__mark"
      style={{
        left: `${(at % size) * share}%`,
        top: `${Math.floor(at / size) * share}%`,
        width: `${share}%`,
        height: `${share}%`,
      }}
    />
  );
}
