import { Pause, Play } from 'lucide-react';
import { type CSSProperties, useCallback, useId, useMemo } from 'react';
import { lambdaAt, places, stripEvery, stripPlaces } from '../../../store/interpolationSlice';
import { useStore } from '../../../store/store';
import { FilmSlider } from '../../../ui/canvasGrid/FilmSlider';
import { FilmStrip } from '../../../ui/canvasGrid/FilmStrip';
import { Button } from '../../../ui/controls/Button';
import { Explanation } from '../../../ui/controls/Explanation';
import { explanations } from '../explanations';
import { useFrames } from './useFrames';
import { useSwing } from './useSwing';
import './LambdaScrubber.css';

/** The strip over λ, the slider under it, and the animation back and forth. */
export function LambdaScrubber() {
  const { place, shape } = useStore((state) => state.interpolation);
  const frames = useFrames();
  const moveLambda = useStore((state) => state.moveLambda);
  const { playing, toggle, stop } = useSwing();
  const id = useId();
  const move = useCallback(
    (to: number) => {
      stop();
      moveLambda(to);
    },
    [moveLambda, stop],
  );
  const strip = useMemo(
    () =>
      stripPlaces.map((at) => ({
        at,
        name: `λ = ${lambdaAt(at)}`,
        caption: lambdaAt(at).toFixed(3).replace(/0+$/, '').replace(/\.$/, ''),
        picture: frames[at] ?? null,
      })),
    [frames],
  );
  return (
    <div className="film-scale lambda-scale" style={{ '--all-frames': stripPlaces.length } as CSSProperties}>
      <FilmStrip
        label="Strip over λ"
        frames={strip}
        current={Math.round(place / stripEvery) * stripEvery}
        size={shape?.size ?? 8}
        channels={shape?.channels ?? 1}
        onPick={move}
      />
      <FilmSlider
        value={place}
        max={places - 1}
        labelledBy={id}
        valueText={`λ = ${lambdaAt(place).toFixed(3)}`}
        onChange={move}
      />
      <div className="desk-actions">
        <p className="lambda-scale__reading">
          <span id={id}>
            Share of the second, <i className="math">λ</i>
          </span>
          <Explanation about="λ">{explanations.lambda}</Explanation>
          <output className="lambda-scale__value">{lambdaAt(place).toFixed(3)}</output>
        </p>
        <Button
          className="lambda-scale__play"
          icon={playing ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
          disabled={frames.length === 0}
          onClick={toggle}
        >
          {playing ? 'Pause' : 'Back and forth'}
        </Button>
      </div>
    </div>
  );
}
