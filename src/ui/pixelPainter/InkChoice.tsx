import { Eraser } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import { hexOf, inksFor, valuesOf } from './palette';
import './InkChoice.css';

interface InkChoiceProps {
  channels: number;
  /** Values of the ink in use; null for the eraser. */
  ink: readonly number[] | null;
  onChange: (ink: readonly number[] | null) => void;
}

const eraser = 'eraser';

/** Greys, or colours with a field for any other; and the eraser. */
export function InkChoice({ channels, ink, onChange }: InkChoiceProps) {
  const inks = inksFor(channels);
  return (
    <div className="ink-choice">
      <RadioGroup.Root
        className="ink-choice__inks"
        aria-label="Colour"
        orientation="horizontal"
        value={ink ? hexOf(ink) : eraser}
        onValueChange={(hex) =>
          onChange(hex === eraser ? null : (inks.find(({ values }) => hexOf(values) === hex)?.values ?? null))
        }
      >
        {inks.map(({ name, values }) => (
          <RadioGroup.Item
            key={name}
            value={hexOf(values)}
            className="ink-choice__ink"
            aria-label={name}
            title={name}
            style={{ backgroundColor: hexOf(values) }}
          />
        ))}
        <RadioGroup.Item value={eraser} className="ink-choice__ink" aria-label="eraser" title="eraser">
          <Eraser size={16} aria-hidden />
        </RadioGroup.Item>
      </RadioGroup.Root>
      {channels === 3 && (
        <input
          type="color"
          className="ink-choice__any"
          aria-label="Any colour"
          title="Any colour"
          value={hexOf(ink ?? [1, 1, 1])}
          onChange={(event) => onChange(valuesOf(event.target.value))}
        />
      )}
    </div>
  );
}
