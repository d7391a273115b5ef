import { type ReactNode, useMemo } from 'react';
import type { EquationText } from '../../engine/diffusion/samplers/equationText';
import { type Pixel, PixelImage } from '../../ui/canvasGrid/PixelImage';
import { Equation } from '../../ui/controls/Equation';
import { formatSigned } from '../../ui/formatQuantity';

interface StepQuantityProps {
  name: string;
  title: string;
  image: Float32Array;
  size: number;
  channels: number;
  symbols: EquationText;
  /** The symbols with the numbers of the pixel. */
  numbers: EquationText;
  pixel: Pixel;
  onPixel: (pixel: Pixel) => void;
  children?: ReactNode;
}

/** One quantity of the step: its image, its formula, and the formula with the numbers of one pixel. */
export function StepQuantity(props: StepQuantityProps) {
  const { name, title, image, symbols, numbers, children, ...place } = props;
  const { mean, deviation } = useMemo(() => momentsOf(image), [image]);
  return (
    <section className="step-quantity" data-quantity={name} aria-label={title}>
      <PixelImage {...place} image={image} label={title} />
      <div className="stack gap-1">
        <h3 className="title">{title}</h3>
        <Equation {...symbols} />
        <div className="step-quantity__numbers">
          <Equation {...numbers} />
        </div>
        <p className="note">
          All pixels: mean {formatSigned(mean)}, standard deviation {deviation.toFixed(3)}
        </p>
        {children}
      </div>
    </section>
  );
}

function momentsOf(image: Float32Array): { mean: number; deviation: number } {
  const mean = image.reduce((sum, value) => sum + value, 0) / image.length;
  const variance = image.reduce((sum, value) => sum + (value - mean) ** 2, 0) / image.length;
  return { mean, deviation: Math.sqrt(variance) };
}
