import type { GuessedPicture } from '../../store/classGuessSlice';
import { PictureTerm } from '../../ui/canvasGrid/PictureTerm';
import type { GuidedGuess } from './guidedGuess';
import { useClassNames } from './useClassModel';

interface GuidancePicturesProps {
  guess: GuessedPicture | null;
  guided: GuidedGuess | null;
}

/** The noise that the network finds, told nothing and told the class, and the push between them; below, the pictures that these mean. */
export function GuidancePictures({ guess, guided }: GuidancePicturesProps) {
  const classNames = useClassNames();
  const [size, channels] = [guess?.size ?? 8, guess?.channels ?? 1];
  const name = guess ? (classNames[guess.label] ?? String(guess.label)) : '';
  const common = { size, channels };
  const place = guided && Math.floor(guided.place / channels);
  return (
    <div className="guidance-pictures">
      <PictureTerm
        {...common}
        symbol={
          <>
            ε<sub>∅</sub>
          </>
        }
        kind="noise"
        caption="noise, told no class"
        picture={guess?.unconditional ?? null}
      />
      <PictureTerm
        {...common}
        symbol={
          <>
            ε<sub>c</sub>
          </>
        }
        kind="signal"
        caption={`noise, told ${name}`}
        picture={guess?.conditional ?? null}
      />
      <PictureTerm
        {...common}
        symbol={
          <>
            ε<sub>c</sub> − ε<sub>∅</sub>
          </>
        }
        caption={guided ? `the push, ×${guided.pushScale.toPrecision(2)}` : 'the push'}
        picture={guided?.push.map((value) => value * guided.pushScale) ?? null}
        overlay={place !== null && <Mark at={place} size={size} />}
      />
      <PictureTerm {...common} symbol="ε̂" caption="guided by w" picture={guided?.eps ?? null} />
      <PictureTerm
        {...common}
        symbol={
          <>
            x<sub>t</sub>
          </>
        }
        caption="the noisy picture"
        picture={guess?.xt ?? null}
      />
      <PictureTerm
        {...common}
        symbol={<X0 />}
        caption="told no class"
        picture={guided?.x0Unconditional ?? null}
      />
      <PictureTerm
        {...common}
        symbol={<X0 />}
        caption={`told ${name}`}
        picture={guided?.x0Conditional ?? null}
      />
      <PictureTerm {...common} symbol={<X0 />} caption="guided by w" picture={guided?.x0 ?? null} />
    </div>
  );
}

function X0() {
  return (
    <>
      x̂<sub>0</sub>
    </>
  );
}

/** Frames one pixel, by its index. */
function Mark({ at, size }: { at: number; size: number }) {
  const share = 100 / size;
  return (
    <span
      className="guidance-pictures__mark"
      style={{
        left: `${(at % size) * share}%`,
        top: `${Math.floor(at / size) * share}%`,
        width: `${share}%`,
        height: `${share}%`,
      }}
    />
  );
}
