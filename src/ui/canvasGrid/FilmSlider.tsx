import { Slider } from 'radix-ui';
import type { CSSProperties } from 'react';
import '../controls/slider.css';

interface FilmSliderProps {
  value: number;
  max: number;
  disabled?: boolean;
  /** Part of the track for which there are images. */
  reached?: number;
  /** Id of what names it. */
  labelledBy: string;
  valueText: string;
  onChange: (value: number) => void;
}

/** The slider under a film strip, from 0 in the middle of the first frame to `max` in the middle of the last. */
export function FilmSlider(props: FilmSliderProps) {
  const { value, max, disabled = false, reached = 1, labelledBy, valueText, onChange } = props;
  return (
    <Slider.Root
      className="slider slider--film"
      style={{ '--reached': `${100 * reached}%` } as CSSProperties}
      value={[value]}
      min={0}
      max={max}
      disabled={disabled}
      onValueChange={([next]) => next !== undefined && onChange(next)}
    >
      <Slider.Track className="slider__track">
        <span className="slider__reached" />
        <Slider.Range className="slider__range" />
      </Slider.Track>
      <Slider.Thumb
        className="slider__thumb slider__thumb--thin"
        aria-labelledby={labelledBy}
        aria-valuetext={valueText}
      />
    </Slider.Root>
  );
}
