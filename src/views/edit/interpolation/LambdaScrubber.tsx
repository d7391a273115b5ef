import { Pause, Play } from 'lucide-react';
import { type CSSProperties, useCallback, useId, useMemo } from 'react';
import { useValues } from '../../../panels/settings/useSettings';
import { useStore } from '../../../store/store';
import { FilmSlider } from '../../../ui/canvasGrid/FilmSlider';
import { FilmStrip } from '../../../ui/canvasGrid/FilmStrip';
import { Button } from '../../../ui/controls/Button';
import { Explanation } from '../../../ui/controls/Explanation';
import { lambdaHelp } from '../help';
import { interpolationGroup, places } from '../settings';
import { lambdaAt, stripEvery, stripPlaces, useInterpolation } from './state';
import { useFrames } from './useFrames';
import { useSwing } from './useSwing';

/** The strip over λ, the slider under it, and the animation back and forth. */
export function LambdaScrubber() {
  const { place } = useValues(interpolationGroup);
  const shape = useInterpolation((state) => state.shape);
  const frames = useFrames();
  const { playing, toggle, stop } = useSwing();
  const id = useId();
  const move = useCallback(
    (to: number) => {
      stop();
      useStore.getState().set(interpolationGroup, { place: to });
    },
    [stop],
  );
  const strip = useMemo(
    () =>
      stripPlaces.map((at) => ({
        at,
        name: `λ = ${lambdaAt(at)}`,
        caption: lambdaAt(at).toFixed(3).replace(/0+$/, '').replace(/\.$/, ''),
        image: frames[at] ?? null,
      })),
    [frames],
  );
  return (
    <div className="film-scale" style={{ '--all-frames': stripPlaces.length } as CSSProperties}>
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
      <div className="row row--between">
        <p className="reading">
          <span id={id}>
            Share of the second, <i className="math">λ</i>
          </span>
          <Explanation about="λ">{lambdaHelp}</Explanation>
          <output>{lambdaAt(place).toFixed(3)}</output>
        </p>
        <Button
          style={{ minWidth: '9.5rem' }}
          icon={playing ? Pause : Play}
          disabled={frames.length === 0}
          onClick={toggle}
        >
          {playing ? 'Pause' : 'Back and forth'}
        </Button>
      </div>
    </div>
  );
}
