import type { ReactNode } from 'react';
import { MathSymbol } from '../WithSubscripts';
import { ImageCanvas } from './ImageCanvas';
import './ImageTerm.css';

interface ImageTermProps {
  /** One image HWC; none where there is none yet. */
  image: Float32Array | Uint8ClampedArray | null;
  size: number;
  channels: number;
  /** For screen readers; the caption where it is left out. */
  label?: string;
  symbol: string;
  /** Colours the symbol. */
  kind?: 'signal' | 'noise';
  caption: string;
  /** Lies over the image. */
  overlay?: ReactNode;
  /** Stands below. */
  children?: ReactNode;
}

/** An image that is a term of an equation: its symbol, and what it is, stand below. */
export function ImageTerm(props: ImageTermProps) {
  const { image, size, channels, caption, label = caption, symbol, kind, overlay, children } = props;
  return (
    <figure className="image-term">
      <div className="image-term__frame">
        <ImageCanvas image={image} size={size} channels={channels} label={label} />
        {overlay}
      </div>
      <figcaption>
        <MathSymbol text={symbol} kind={kind} />
        <span className="note">{caption}</span>
      </figcaption>
      {children}
    </figure>
  );
}
