import { Segmented } from '../controls/Segmented';

const widths = ['1', '2', '3', '5'] as const;

/** Width of the brush, pixels; widths that cover most of a small image are left out. */
export function BrushChoice({
  size,
  value,
  onChange,
}: {
  size: number;
  value: number;
  onChange: (width: number) => void;
}) {
  const options = widths
    .filter((width) => Number(width) * 2 < size)
    .map((width) => ({ value: width, title: width }));
  return (
    <Segmented
      label="Brush, pixels"
      explanation={<p>Width of the brush in pixels of the image.</p>}
      value={String(value) as (typeof widths)[number]}
      options={options}
      onChange={(next) => onChange(Number(next))}
    />
  );
}
