import { MOST_TAPS } from './gatherProgram';
import { each4, MatrixProduct } from './matrixProduct';
import { bindings, type Program, programOf } from './program';
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
      source: () => {
        const product = new MatrixProduct(tile, 'outer', 'outer');
        return `
${MatrixProduct.memoryFor(tile)}
${reader('gathered', alignedGathered)}
${reader('straight', alignedStraight)}
${writer('gradient', alignedDy)}
${sumOfDy(product.threads, tile, gathersDy)}

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
  let padded = (u.gatheredChannels + 3) / 4 * 4;
  let firstRow = i32(workgroup.x) * ${tile.rows};
  let readRow = firstRow + leftRow;
  let readTap = readRow / padded;
  let readChannel = readRow - readTap * padded;
  let tap = u.taps[min(readTap, ${MOST_TAPS - 1})];
  let readsLeft = readRow < u.rows;
  let readColumn = i32(workgroup.y) * ${tile.columns} + rightColumn;
  let firstPixel = i32(workgroup.z) * u.pixelsOfPart;
  let endPixel = min(firstPixel + u.pixelsOfPart, u.pixels);
  var leftPixel = firstPixel + leftInner;
  var rightPixel = firstPixel + rightInner;
  ${product.add({
    turns: `max(endPixel - firstPixel + ${tile.inner - 1}, 0) / ${tile.inner}`,
    left: `
    if (readsLeft && leftPixel < endPixel) {
      let line = leftPixel / u.gridWidth;
      let n = line / u.gridHeight;
      let y = (line - n * u.gridHeight) * u.step + tap.x;
      let x = (leftPixel - line * u.gridWidth) * u.step + tap.y;
      if (y >= 0 && y < u.height && x >= 0 && x < u.width) {
        let at = ((n * u.height + y) * u.width + x) * u.gatheredChannels + readChannel;
        leftVector = gatheredAt(at, u.gatheredChannels - readChannel);
      }
    }
    leftPixel += ${tile.inner};`,
    right: `
    if (readColumn < u.straightChannels && rightPixel < endPixel) {
      rightVector = straightAt(rightPixel * u.straightChannels + readColumn, u.straightChannels - readColumn);
    }
    rightPixel += ${tile.inner};`,
  })}
  ${product.sumSlices}
  if (slice > 0) { return; }
  let toRow = firstRow + row;
  let toColumn = i32(workgroup.y) * ${tile.columns} + column;
  if (toRow >= u.rows || toColumn >= u.straightChannels) { return; }
  let toTap = toRow / padded;
  let channel = toRow - toTap * padded;
  ${each4(gathersDy ? writeTransposed : writeStraight)}
}`;
      },
    };
  });
}

const writeStraight = (r: number) => `
  if (channel + ${r} < inputs) {
    let at = partStart + (toTap * inputs + channel + ${r}) * outputs + toColumn;
    setGradient(at, outputs - toColumn, sum${r});
  }`;

/** Gathered channels are the outputs here: neighbours in memory, but rows of the product. */
const writeTransposed = (c: number) => `
  if (toColumn + ${c} < inputs) {
    let at = partStart + (toTap * inputs + toColumn + ${c}) * outputs + channel;
    setGradient(at, outputs - channel, vec4(sum0[${c}], sum1[${c}], sum2[${c}], sum3[${c}]));
  }`;

/** Sums a part's share of dy's pixels into the row at `to`; the workgroups beside each other share the columns. */
function sumOfDy(threads: number, { columns }: Tile, gathersDy: boolean): string {
  const across = columns / 4;
  const dy = gathersDy ? 'gathered' : 'straight';
  return `
fn sumDy(workgroup: vec3u, workgroups: vec3u, thread: i32, to: i32) {
  let channels = u.${dy}Channels;
  let pixels = ${gathersDy ? 'u.pixels / (u.gridHeight * u.gridWidth) * u.height * u.width' : 'u.pixels'};
  let parts = i32(workgroups.z);
  let share = (pixels + parts - 1) / parts;
  let first = i32(workgroup.z) * share;
  let end = min(first + share, pixels);
  let step = i32(workgroups.y) * ${columns};
  for (var turn = i32(workgroup.y) * ${columns}; turn < channels; turn += step) {
    let channel = turn + thread % ${across} * 4;
    var sum = vec4<f32>(0);
    if (channel < channels) {
      for (var pixel = first + thread / ${across}; pixel < end; pixel += ${threads / across}) {
        sum += ${dy}At(pixel * channels + channel, channels - channel);
      }
    }
    workgroupBarrier();
    vectors[thread] = sum;
    workgroupBarrier();
    for (var half = ${threads / 2}; half >= ${across}; half /= 2) {
      if (thread < half) { vectors[thread] += vectors[thread + half]; }
      workgroupBarrier();
    }
    if (thread < ${across} && channel < channels) { setGradient(to + channel, channels - channel, vectors[thread]); }
  }
}`;
}
