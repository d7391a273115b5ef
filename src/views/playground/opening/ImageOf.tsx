import { ImageCanvas } from '../../../ui/canvasGrid/ImageCanvas';
import { MathSymbol } from '../../../ui/WithSubscripts';

interface ImageOfProps {
  /** One image HWC; none where there is none yet. */
  image: Float32Array | null;
  size: number;
  channels: number;
  symbol: string;
  kind?: 'signal';
  caption: string;
}

/** One image of the strip with its symbol below. */
export function ImageOf({ image, size, channels, symbol, kind, caption }: ImageOfProps) {
  return (
    <figure className="opening__image">
      <ImageCanvas image={image} size={size} channels={channels} label={caption} />
      <figcaption>
        <MathSymbol text={symbol} kind={kind} /> <span className="note">{caption}</span>
      </figcaption>
    </figure>
  );
}
