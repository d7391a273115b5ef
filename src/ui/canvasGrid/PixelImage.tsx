import { ImageCanvas } from './ImageCanvas';
import { type Pixel, PixelPointer } from './PixelPointer';

export type { Pixel };

interface PixelImageProps {
  image: Float32Array | null;
  size: number;
  channels: number;
  /** What it shows. */
  label: string;
  pixel: Pixel;
  onPixel: (pixel: Pixel) => void;
}

/** An image of the data whose pixels are pointed at. */
export function PixelImage({ image, channels, ...pointer }: PixelImageProps) {
  return (
    <PixelPointer {...pointer}>
      <ImageCanvas image={image} size={pointer.size} channels={channels} label="" />
    </PixelPointer>
  );
}
