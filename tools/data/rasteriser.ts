import { pathToFileURL } from 'node:url';
import { withPackage } from './npmPackage';

/** Draws an SVG: RGBA bytes, not premultiplied, `size` pixels wide. */
export type Rasteriser = (svg: string, size: number) => Raster;

export interface Raster {
  pixels: Uint8Array;
  width: number;
  height: number;
}

/** The part of resvg that is used here. */
interface Resvg {
  initWasm(module: Uint8Array): Promise<void>;
  Resvg: new (
    svg: string,
    options: { fitTo: { mode: 'width'; value: number } },
  ) => {
    render(): { pixels: Uint8Array; width: number; height: number; free(): void };
    free(): void;
  };
}

/** resvg as WebAssembly: the same bytes on every machine, which no browser promises. */
export function rasteriser(): Promise<Rasteriser> {
  const resvg = {
    name: '@resvg/resvg-wasm@2.6.2',
    integrity:
      'sha512-FqALmHI8D4o6lk/LRWDnhw95z5eO+eAa6ORjVg09YRR7BkcM6oPHU9uyC0gtQG5vpFLvgpeU4+zEAz2H8APHNw==',
  };
  return withPackage(resvg, async (read, folder) => {
    const { initWasm, Resvg } = (await import(pathToFileURL(`${folder}/index.mjs`).href)) as Resvg;
    await initWasm(read('index_bg.wasm'));
    return (svg, size) => {
      const image = new Resvg(svg, { fitTo: { mode: 'width', value: size } });
      const rendered = image.render();
      const { width, height } = rendered;
      const pixels = unpremultiplied(rendered.pixels);
      rendered.free();
      image.free();
      return { pixels, width, height };
    };
  });
}

function unpremultiplied(premultiplied: Uint8Array): Uint8Array {
  const pixels = premultiplied.slice();
  for (let i = 0; i < pixels.length; i += 4) {
    const alpha = pixels[i + 3] as number;
    if (alpha === 0 || alpha === 255) continue;
    for (let k = i; k < i + 3; k++)
      pixels[k] = Math.min(255, Math.round(((pixels[k] as number) * 255) / alpha));
  }
  return pixels;
}
