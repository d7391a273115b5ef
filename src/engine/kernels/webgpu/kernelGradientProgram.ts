import { counted, type Side, zeroUnless } from './factors';
import { MOST_TAPS } from './gatherProgram';
import { type Block, MatrixProduct } from './matrixProduct';
import { bindings, type Program, programOf } from './program';
import { range } from './sums';
import { type Tile, tileKey } from './tile';
import { elementOf, reader, writer } from './vectorAccess';

export interface KernelGradientVariant {
  tile: Tile;
  /** The taps reach into dy (transposed convolution), not into x. */
  gathersDy: boolean;
  alignedGathered: boolean;
  alignedStraight: boolean;
}

/**
 * Σ over pixels of gathered ⊗ straight: rows are taps × gathered channels, columns the other tensor's channels, and
 * the inner dimension the pixels, of which each part of the result has its share. The last row of workgroups sums dy.
 */
export function kernelGradientProgram(variant: KernelGradientVariant): Program {
  const { tile, gathersDy, alignedGathered, alignedStraight } = variant;
  const flags = Object.entries({ gathersDy, alignedGathered, alignedStraight });
  const names = flags.filter(([, on]) => on).map(([name]) => name);
  return programOf(`kernel gradient ${tileKey(tile)} ${names.join(' ')}`, () => {
    // The gradient's rows are as long as dy's.
    const alignedDy = gathersDy ? alignedGathered : alignedStraight;
    return {
      buffers: [
        ...bindings('read', ['gathered'], elementOf(alignedGathered)),
        ...bindings('read', ['straight'], elementOf(alignedStraight)),
        ...bindings('read_write', ['gradient'], elementOf(alignedDy)),
      ],
      uniforms: {
        tables: [['taps', MOST_TAPS]],
        whole: [
          ...['rows', 'tapCount', 'height', 'width', 'gatheredChannels', 'gridHeight', 'gridWidth'],
          ...['straightChannels', 'pixels', 'pixelsOfPart', 'step'],
        ],
      },
      subgroups: tile.quads ?? false,
      source: () => {
        const product = new MatrixProduct(tile);
        return `
${product.memory}
${reader('gathered', alignedGathered)}
${reader('straight', alignedStraight)}
${writer('gradient', alignedDy)}
${places}
${sumOfDy(tile, product.threads, gathersDy)}

@compute @workgroup_size(${product.threads})
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) thread: u32
) {
  let inputs = ${gathersDy ? 'u.straightChannels' : 'u.gatheredChannels'};
  let outputs = ${gathersDy ? 'u.gatheredChannels' : 'u.straightChannels'};
  let partStart = i32(workgroup.z) * (u.tapCount * inputs + 1) * outputs;
  if (workgroup.x == workgroups.x - 1) {
    sumDy(workgroup, workgroups, i32(thread), partStart + u.tapCount * inputs * outputs);
    return;
  }
  ${product.place}
  let firstRow = i32(workgroup.x) * ${tile.rows};
  let firstColumn = i32(workgroup.y) * ${tile.columns};
  ${product.leaveOutside('u.rows', 'u.straightChannels')}
  let firstPixel = i32(workgroup.z) * u.pixelsOfPart;
  let endPixel = min(firstPixel + u.pixelsOfPart, u.pixels);
  let height = u32(u.height);
  let width = u32(u.width);
  let gatheredChannels = u.gatheredChannels;
  let straightChannels = u.straightChannels;
  ${product.add({ left: gathered, right: straight, inner: 'max(endPixel - firstPixel, 0)' })}
  ${product.forEachBlock(gathersDy ? writeTransposed : writeStraight)}
}`;
      },
    };
  });
}

/** The offsets in memory of rows and the inner dimension add up, so that little is left to do for a load. */
const places = `
/** Outside of any image, whatever the tap. */
const FAR = -0x1000000;

/** Four channels under a tap: how far they are from the element where it starts, in elements and coordinates. */
struct TapPlace { index: i32, channel: i32, elements: i32, y: i32, x: i32, exist: bool }
fn tapPlace(row: i32) -> TapPlace {
  let padded = (u.gatheredChannels + 3) / 4 * 4;
  let index = row / padded;
  let channel = row - index * padded;
  let tap = u.taps[min(index, ${MOST_TAPS - 1})];
  let elements = (tap.x * u.width + tap.y) * u.gatheredChannels + channel;
  return TapPlace(index, channel, elements, tap.x, tap.y, row < u.rows);
}

/** A pixel of the grid, and where taps start from it. */
struct Pixel { n: i32, y: i32, x: i32, index: i32, element: i32, fromY: i32, fromX: i32 }
fn pixelOf(n: i32, y: i32, x: i32, index: i32, end: i32) -> Pixel {
  let fromY = y * u.step;
  let fromX = x * u.step;
  let element = ((n * u.height + fromY) * u.width + fromX) * u.gatheredChannels;
  return Pixel(n, y, x, index, element, select(FAR, fromY, index < end), fromX);
}
fn pixelAt(index: i32, end: i32) -> Pixel {
  let line = index / u.gridWidth;
  let n = line / u.gridHeight;
  return pixelOf(n, line - n * u.gridHeight, index - line * u.gridWidth, index, end);
}
fn pixelAfter(start: Pixel, by: i32, end: i32) -> Pixel {
  var x = start.x + by;
  var y = start.y;
  var n = start.n;
  while (x >= u.gridWidth) {
    x -= u.gridWidth;
    y++;
    if (y == u.gridHeight) { y = 0; n++; }
  }
  return pixelOf(n, y, x, start.index + by, end);
}`;

const gathered: Side = {
  along: 'outer',
  outer: (name, index) => `let ${name} = tapPlace(${index});`,
  inner: (name, start) => `var ${name} = pixelAt(firstPixel + ${start}, endPixel);`,
  advance: (name, by) => `${name} = pixelAfter(${name}, ${by}, endPixel);`,
  load: (outer, inner) =>
    zeroUnless(
      `(u32(${inner}.fromY + ${outer}.y) < height) & (u32(${inner}.fromX + ${outer}.x) < width)`,
      `gatheredAt(${inner}.element + ${outer}.elements, gatheredChannels - ${outer}.channel)`,
    ),
};

const straight: Side = {
  along: 'outer',
  ...counted,
  inner: (name, start) => `var ${name} = firstPixel + ${start};`,
  load: (outer, inner) => `straightAt(${inner} * straightChannels + ${outer}, straightChannels - ${outer})`,
};

const writeStraight = ({ row, column, sums }: Block) => `
    let to = tapPlace(firstRow + ${row});
    let toColumn = firstColumn + ${column};
    if (to.exist && toColumn < outputs) {
      ${sums
        .map(
          (sum, r) => `
      if (to.channel + ${r} < inputs) {
        let at = partStart + (to.index * inputs + to.channel + ${r}) * outputs + toColumn;
        setGradient(at, outputs - toColumn, ${sum});
      }`,
        )
        .join('')}
    }`;

/** Gathered channels are the outputs here: neighbours in memory, but rows of the product. */
const writeTransposed = ({ row, column, sums }: Block) => `
    let to = tapPlace(firstRow + ${row});
    let toColumn = firstColumn + ${column};
    if (to.exist) {
      ${range(4)
        .map(
          (c) => `
      if (toColumn + ${c} < inputs) {
        let at = partStart + (to.index * inputs + toColumn + ${c}) * outputs + to.channel;
        setGradient(at, outputs - to.channel, vec4(${sums.map((sum) => `${sum}[${c}]`).join(', ')}));
      }`,
        )
        .join('')}
    }`;

/** Sums a part's share of dy's pixels into the row at `to`; the workgroups beside each other share the columns. */
function sumOfDy(tile: Tile, threads: number, gathersDy: boolean): string {
  const dy = gathersDy ? 'gathered' : 'straight';
  const across = Math.min(threads, tile.columns / 4);
  const depth = tile.shared ? threads / across : 1;
  return `
fn sumDy(workgroup: vec3u, workgroups: vec3u, thread: i32, to: i32) {
  let channels = u.${dy}Channels;
  let pixels = ${gathersDy ? 'u.pixels / (u.gridHeight * u.gridWidth) * u.height * u.width' : 'u.pixels'};
  let parts = i32(workgroups.z);
  let share = (pixels + parts - 1) / parts;
  let first = i32(workgroup.z) * share;
  let end = min(first + share, pixels);
  let step = i32(workgroups.y) * ${4 * across};
  for (var turn = i32(workgroup.y) * ${4 * across}; turn < channels; turn += step) {
    let channel = turn + thread % ${across} * 4;
    var sum = vec4<f32>(0);
    if (channel < channels && thread < ${across * depth}) {
      for (var pixel = first + thread / ${across}; pixel < end; pixel += ${depth}) {
        sum += ${dy}At(pixel * channels + channel, channels - channel);
      }
    }
    ${
      depth > 1
        ? `
    workgroupBarrier();
    vectors[thread] = sum;
    workgroupBarrier();
    for (var half = ${threads / 2}; half >= ${across}; half /= 2) {
      if (thread < half) { vectors[thread] += vectors[thread + half]; }
      workgroupBarrier();
    }
    sum = vectors[thread];`
        : ''
    }
    if (thread < ${across} && channel < channels) { setGradient(to + channel, channels - channel, sum); }
  }
}`;
}
