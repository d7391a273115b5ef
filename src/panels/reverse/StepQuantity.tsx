import { type ReactNode, useMemo } from 'react';
import { Equation } from '../../ui/controls/Equation';
import { formatSigned } from '../../ui/formatQuantity';
import { type Pixel, PixelPicture } from './PixelPicture';
import type { EquationText } from './workedEquations';

interface StepQuantityProps {
  name: string;
  title: string;
  picture: Float32Array;
  size: number;
  channels: number;
  symbols: EquationText;
  /** The symbols with the numbers of the pixel. */
  numbers: EquationText;
  pixel: Pixel;
  onPixel: (pixel: Pixel) => void;
  children?: ReactNode;
}

/** One quantity of the step: its picture, its formula, and the formula with the numbers of one pixel. */
export function StepQuantity(props: StepQuantityProps) {
  const { name, title, picture, symbols, numbers, children, ...place } = props;
  const { mean, deviation } = useMemo(() => momentsOf(picture), [picture]);
  return (
    <section className="step-quantity" data-quantity={name} aria-label={title}>
      <PixelPicture {...place} picture={picture} label={title} />
      <div className="step-quantity__text">
        <h3 className="step-quantity__title">{title}</h3>
        <Equation {...symbols} />
        <div className="step-quantity__numbers">
          <Equation {...numbers} />
        </div>
        <p className="step-quantity__moments">
          All pixels: mean {formatSigned(mean)}, standard deviation {deviation.toFixed(3)}
        </p>
        {children}
      </div>
    </section>
  );
}

function momentsOf(picture: Float32Array): { mean: number; deviation: number } {
  const mean = picture.reduce((sum, value) => sum + value, 0) / picture.length;
  const variance = picture.reduce((sum, value) => sum + (value - mean) ** 2, 0) / picture.length;
  return { mean, deviation: Math.sqrt(variance) };
}
