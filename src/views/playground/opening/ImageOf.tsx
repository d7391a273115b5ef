import type { ReactNode } from 'react';
import { ImageCanvas } from '../../../ui/canvasGrid/ImageCanvas';

interface ImageOfProps {
  /** One image HWC; none where there is none yet. */
  image: Float32Array | null;
  size: number;
  channels: number;
  symbol: ReactNode;
  kind?: 'signal';
  caption: string;
}

/** One image of the strip with its symbol below. */
export function ImageOf({ image, size, channels, symbol, kind, caption }: ImageOfProps) {
  return (
    <figure className="opening__image">
      <ImageCanvas image={image} size={size} channels={channels} label={caption} />
      <figcaption>
        <span className={kind ? `math ${kind}` : 'math'}>{symbol}</span>{' '}
        <span className="note">{caption}</span>
      </figcaption>
    </figure>
  );
}
