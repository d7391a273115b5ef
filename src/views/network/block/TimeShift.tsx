import { Explanation } from '../../../ui/controls/Explanation';
import { formatSigned } from '../../../ui/formatQuantity';
import { largestMagnitude } from '../../../ui/maps/divergingColours';
import { explanations } from '../explanations';

interface TimeShiftProps {
  /** Of each channel. */
  shift: Float32Array;
  /** Standard deviation of each channel where the shift is added. */
  spread: Float32Array;
  channel: number;
}

/** What the time embedding adds to each channel of a residual block. */
export function TimeShift({ shift, spread, channel }: TimeShiftProps) {
  const largest = largestMagnitude(shift) || 1;
  const own = shift[channel] as number;
  const ratio = Math.abs(own) / (spread[channel] as number);
  const count = shift.length;
  return (
    <section aria-label="Time shift">
      <h3 className="title row gap-1">
        Time shift
        <Explanation about="the time shift">{explanations.timeShift}</Explanation>
      </h3>
      <svg
        className="time-shift__bars"
        viewBox={`0 -1 ${count} 2`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Time shift of ${count} channels, at most ${largest.toFixed(3)}`}
      >
        <line className="time-shift__axis" x1={0} x2={count} y1={0} y2={0} />
        {Array.from(shift, (value, index) => {
          const height = Math.abs(value) / largest;
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a channel is its place.
              key={index}
              x={index + 0.1}
              width={0.8}
              y={value > 0 ? -height : 0}
              height={height}
              data-sign={Math.sign(value)}
              data-chosen={index === channel || undefined}
            />
          );
        })}
      </svg>
      <p className="note">
        Channel {channel + 1}: <b data-number="shift">{formatSigned(own)}</b>
        {Number.isFinite(ratio) && `, ${ratio.toFixed(1)} times the channel’s spread over the pixels`}.
      </p>
    </section>
  );
}
