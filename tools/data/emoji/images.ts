import { strFromU8 } from 'fflate';
import type { Images } from '../../../src/engine/data/dataset';
import { Random } from '../../../src/engine/training/random';
import { withPackage } from '../npmPackage';
import { type Rasteriser, rasteriser } from '../rasteriser';
import { designs } from './designs';
import { kinds } from './kinds';
import { boxOf, drawOnWhite, drawVariation, upright } from './variation';

/** An icon set of Iconify, in so far as it is used. */
interface IconSet {
  icons: Record<string, { body: string } & Box>;
  aliases?: Record<string, { parent: string }>;
  width: number;
  height: number;
}

interface Box {
  width?: number;
  height?: number;
  left?: number;
  top?: number;
}

/** Pixels of a drawing before it is made small. */
const DRAWN = 256;
const SEED = 1;

/**
 * `each` images of every kind: first every drawing as it is, then variations of all in turn. The kinds come in turn, so
 * that the first images are of all of them.
 */
export async function emojiImages(size: number, each: number): Promise<Images> {
  const rasterise = await rasteriser();
  const sets: IconSet[] = [];
  for (const design of designs) {
    sets.push(await withPackage(design, (read) => JSON.parse(strFromU8(read('icons.json'))) as IconSet));
  }
  const random = new Random(SEED);
  const byKind = Object.values(kinds).map(({ emoji, mirrored }) => {
    const drawings = emoji.flatMap((name) => drawingsOf(name, sets, rasterise));
    return Array.from({ length: each }, (_, i) => {
      const { raster, box } = drawings[i % drawings.length] as (typeof drawings)[number];
      return drawOnWhite(raster, box, size, i < drawings.length ? upright : drawVariation(random, mirrored));
    });
  });
  const levels = new Uint8Array(byKind.length * each * size * size * 3);
  const labels = new Uint8Array(byKind.length * each);
  for (let i = 0; i < labels.length; i++) {
    const kind = i % byKind.length;
    labels[i] = kind;
    const image = byKind[kind]?.[Math.floor(i / byKind.length)] as Uint8Array;
    levels.set(image, i * image.length);
  }
  return { levels, labels };
}

/** An emoji in each design that has it; throws where none has. */
function drawingsOf(name: string, sets: readonly IconSet[], rasterise: Rasteriser) {
  const svgs = sets.flatMap((set) => svgOf(set, name) ?? []);
  if (svgs.length === 0) throw new Error(`No design has the emoji ${name}.`);
  return svgs.map((svg) => {
    const raster = rasterise(svg, DRAWN);
    return { raster, box: boxOf(raster) };
  });
}

function svgOf(set: IconSet, name: string): string | undefined {
  const icon = set.icons[set.aliases?.[name]?.parent ?? name];
  if (!icon) return undefined;
  const { width = set.width, height = set.height, left = 0, top = 0 } = icon;
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}">${icon.body}</svg>`;
}
