import { Random } from '../training/random';
import type { DatasetDefinition, Images } from './dataset';
import { figures } from './figures';
import type { SignedDistance } from './signedDistance';

type Rgb = readonly [red: number, green: number, blue: number];

/** A colour that a figure can have: where the light falls, and in the shade. */
interface Paint {
  light: Rgb;
  shade: Rgb;
}

const paints: Paint[] = [
  { light: [255, 122, 112], shade: [232, 58, 84] },
  { light: [255, 180, 92], shade: [247, 120, 52] },
  { light: [255, 231, 122], shade: [247, 190, 50] },
  { light: [150, 232, 138], shade: [52, 178, 112] },
  { light: [112, 226, 226], shade: [32, 160, 196] },
  { light: [136, 182, 255], shade: [74, 110, 240] },
  { light: [214, 160, 255], shade: [150, 88, 232] },
  { light: [255, 170, 214], shade: [236, 92, 164] },
];

/** The night sky behind every figure. */
const sky: { top: Rgb; bottom: Rgb } = { top: [30, 32, 66], bottom: [14, 14, 34] };

/** A figure in an image: radius and centre in pixels, angle in radians. */
interface Placement {
  distance: SignedDistance;
  paint: Paint;
  radius: number;
  centreX: number;
  centreY: number;
  angle: number;
}

/** Radius of a figure as a share of the image's size, and how far it may be tilted to either side, radians. */
const radii = { least: 0.25, most: 0.43 };
const tilt = 0.35;

/**
 * Draws RGB shapes of imageSize × imageSize, the classes in turn: a figure of random colour, size, place and tilt,
 * wholly inside the image. The same count, size and seed give the same images.
 */
export function drawShapes(count: number, imageSize: number, seed: number): Images {
  const random = new Random(seed);
  const distances = Object.values(figures);
  const length = imageSize * imageSize * 3;
  const levels = new Uint8Array(count * length);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % distances.length);
  labels.forEach((label, i) => {
    const distance = distances[label] as SignedDistance;
    drawImage(levels.subarray(i * length, (i + 1) * length), imageSize, place(distance, imageSize, random));
  });
  return { levels, labels };
}

function place(distance: SignedDistance, imageSize: number, random: Random): Placement {
  const between = (least: number, most: number) => least + (most - least) * random.uniform();
  const radius = imageSize * between(radii.least, radii.most);
  return {
    distance,
    paint: paints[Math.floor(random.uniform() * paints.length)] as Paint,
    radius,
    centreX: between(radius, imageSize - radius),
    centreY: between(radius, imageSize - radius),
    angle: between(-tilt, tilt),
  };
}

/** Fills the levels HWC of one image; the figure's edge is softened over one pixel. */
function drawImage(levels: Uint8Array, imageSize: number, placement: Placement): void {
  const { distance, paint, radius, centreX, centreY, angle } = placement;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let row = 0, at = 0; row < imageSize; row++) {
    for (let column = 0; column < imageSize; column++) {
      const x = (column + 0.5 - centreX) / radius;
      const y = (row + 0.5 - centreY) / radius;
      const coverage = clampUnit(0.5 - radius * distance(cos * x + sin * y, cos * y - sin * x));
      const shading = clampUnit(0.5 + 0.35 * (x + y));
      const depth = (row + 0.5) / imageSize;
      for (let c = 0; c < 3; c++) {
        const behind = mix(sky.top[c] as number, sky.bottom[c] as number, depth);
        const colour = mix(paint.light[c] as number, paint.shade[c] as number, shading);
        levels[at++] = Math.round(mix(behind, colour, coverage));
      }
    }
  }
}

function clampUnit(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

export const shapes: DatasetDefinition = {
  title: 'Shapes',
  description:
    'Figures of eight kinds in eight colours, drawn by a function at random sizes, places and tilts.',
  licence: 'Drawn by this program; MIT like the rest of it.',
  count: 4096,
  imageSize: 16,
  channels: 3,
  classNames: Object.keys(figures),
  white: 255,
  source: async ({ count, imageSize }) => drawShapes(count, imageSize, 1),
};
