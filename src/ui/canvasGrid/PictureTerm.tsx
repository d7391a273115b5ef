import type { ReactNode } from 'react';
import { PictureCanvas } from './PictureCanvas';
import './PictureTerm.css';

interface PictureTermProps {
  /** One picture HWC; none where there is none yet. */
  picture: Float32Array | Uint8ClampedArray | null;
  size: number;
  channels: number;
  /** For screen readers; the caption where it is left out. */
  label?: string;
  symbol: ReactNode;
  /** Colours the symbol. */
  kind?: 'signal' | 'noise';
  caption: string;
  /** Lies over the picture. */
  overlay?: ReactNode;
  /** Stands below. */
  children?: ReactNode;
}

/** A picture that is a term of an equation: its symbol, and what it is, stand below. */
export function PictureTerm(props: PictureTermProps) {
  const { picture, size, channels, caption, label = caption, symbol, kind, overlay, children } = props;
  return (
    <figure>
      <div className="picture-term__frame">
        <PictureCanvas picture={picture} size={size} channels={channels} label={label} />
        {overlay}
      </div>
      <figcaption className="picture-term__caption">
        <span className={kind ? `math picture-term__${kind}` : 'math'}>{symbol}</span>
        <span>{caption}</span>
      </figcaption>
      {children}
    </figure>
  );
}
