import type { ReactNode } from 'react';
import type { GuessedPicture } from '../../store/classGuessSlice';
import { PictureCanvas } from '../../ui/canvasGrid/PictureCanvas';
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
      <Term
        {...common}
        symbol={
          <>
            ε<sub>∅</sub>
          </>
        }
        kind="noise"
        caption="noise, told no class"
        picture={guess?.unconditional}
      />
      <Term
        {...common}
        symbol={
          <>
            ε<sub>c</sub>
          </>
        }
        kind="signal"
        caption={`noise, told ${name}`}
        picture={guess?.conditional}
      />
      <Term
        {...common}
        symbol={
          <>
            ε<sub>c</sub> − ε<sub>∅</sub>
          </>
        }
        caption={guided ? `the push, ×${guided.pushScale.toPrecision(2)}` : 'the push'}
        picture={guided?.push.map((value) => value * guided.pushScale)}
        marked={place}
      />
      <Term {...common} symbol="ε̂" caption="guided by w" picture={guided?.eps} />
      <Term
        {...common}
        symbol={
          <>
            x<sub>t</sub>
          </>
        }
        caption="the noisy picture"
        picture={guess?.xt}
      />
      <Term {...common} symbol={<X0 />} caption="told no class" picture={guided?.x0Unconditional} />
      <Term {...common} symbol={<X0 />} caption={`told ${name}`} picture={guided?.x0Conditional} />
      <Term {...common} symbol={<X0 />} caption="guided by w" picture={guided?.x0} />
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

interface TermProps {
  size: number;
  channels: number;
  symbol: ReactNode;
  kind?: 'signal' | 'noise';
  caption: string;
  picture: Float32Array | undefined;
  /** Index of a pixel that is framed. */
  marked?: number | null;
}

function Term({ size, channels, symbol, kind, caption, picture, marked = null }: TermProps) {
  const share = 100 / size;
  return (
    <figure>
      <div className="guidance-pictures__frame">
        <PictureCanvas picture={picture ?? null} size={size} channels={channels} label={caption} />
        {marked !== null && (
          <span
            className="guidance-pictures__mark"
            style={{
              left: `${(marked % size) * share}%`,
              top: `${Math.floor(marked / size) * share}%`,
              width: `${share}%`,
              height: `${share}%`,
            }}
          />
        )}
      </div>
      <figcaption className="desk-caption">
        <span className={kind ? `math guidance-pictures__${kind}` : 'math'}>{symbol}</span>
        <span>{caption}</span>
      </figcaption>
    </figure>
  );
}
