import { each4, MatrixProduct } from './matrixProduct';
import { bindings, type Program, programOf } from './program';
import { type Tile, tileKey } from './tile';
import { elementOf, reader, writer } from './vectorAccess';

export const MOST_PHASES = 4;
export const MOST_TAPS = 16;

/** What a gather's shader is made for; sizes are uniforms. */
export interface GatherVariant {
  tile: Tile;
  transposed: boolean;
  bias: boolean;
  alignedChannels: boolean;
  alignedColumns: boolean;
  shift: boolean;
  residual: boolean;
  shortcut: 'aligned' | 'unaligned' | undefined;
}

/**
 * An implicit matrix product: rows are the places of the output, the inner dimension runs over taps × channels, and
 * the pixels that a tap reads are gathered on their way into workgroup memory.
 */
export function gatherProgram(variant: GatherVariant): Program {
  const { tile, transposed, bias, alignedChannels, alignedColumns, shift, residual, shortcut } = variant;
  const flags = Object.entries({ transposed, bias, alignedChannels, alignedColumns, shift, residual });
  const names = flags.filter(([, on]) => on).map(([name]) => name);
  const key = `gather ${tileKey(tile)} ${names.join(' ')} ${shortcut ? `shortcut ${shortcut}` : ''}`;
  return programOf(key, () => {
    const input = elementOf(alignedChannels);
    const output = elementOf(alignedColumns);
    const shortcutAligned = shortcut === 'aligned';
    return {
      buffers: [
        ...bindings('read', ['input'], input),
        ...bindings('read', ['kernel'], transposed ? input : output),
        ...bindings('read', [...(shift ? ['shift'] : []), ...(residual ? ['residual'] : [])], output),
        ...(shortcut
          ? [
              ...bindings('read', ['shortcutX'], elementOf(shortcutAligned)),
              ...bindings('read', ['shortcutKernel'], output),
            ]
          : []),
        ...bindings('read_write', ['output'], output),
      ],
      uniforms: {
        tables: [
          ['phases', MOST_PHASES],
          ['taps', MOST_TAPS],
        ],
        whole: [
          ...['rows', 'height', 'width', 'channels', 'outHeight', 'outWidth', 'columns'],
          ...['gridHeight', 'gridWidth', 'inStep', 'outStep', 'biasRow', 'shortcutChannels'],
        ],
      },
      source: () => {
        const product = new MatrixProduct(tile, 'inner', transposed ? 'inner' : 'outer');
        return `
${MatrixProduct.memoryFor(tile)}
${reader('input', alignedChannels)}
${reader('kernel', transposed ? alignedChannels : alignedColumns)}
${shift ? reader('shift', alignedColumns) : ''}
${residual ? reader('residual', alignedColumns) : ''}
${shortcut ? reader('shortcutX', shortcutAligned) + reader('shortcutKernel', alignedColumns) : ''}
${writer('output', alignedColumns)}

struct Walk { tap: i32, channel: i32 }
fn walk(start: Walk, by: i32, channels: i32) -> Walk {
  var to = Walk(start.tap, start.channel + by);
  while (to.channel >= channels) { to.channel -= channels; to.tap++; }
  return to;
}

struct GridPlace { n: i32, y: i32, x: i32 }
fn gridPlace(row: i32) -> GridPlace {
  let line = row / u.gridWidth;
  let n = line / u.gridHeight;
  return GridPlace(n, line - n * u.gridHeight, row - line * u.gridWidth);
}

@compute @workgroup_size(${product.threads})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) thread: u32) {
  ${product.place}
  let phase = u.phases[workgroup.z];
  let endTap = phase.w;
  let firstRow = i32(workgroup.x) * ${tile.rows};
  let firstColumn = i32(workgroup.y) * ${tile.columns};
  let readRow = firstRow + leftRow;
  let readColumn = firstColumn + rightColumn;
  let source = gridPlace(readRow);
  // Each tap's channels are filled up to whole vectors.
  let padded = (u.channels + 3) / 4 * 4;
  var leftAt = walk(Walk(phase.z, 0), leftInner, padded);
  var rightAt = walk(Walk(phase.z, 0), rightInner, padded);
  ${product.add({
    turns: `((endTap - phase.z) * padded + ${tile.inner - 1}) / ${tile.inner}`,
    left: `
    if (leftAt.tap < endTap && readRow < u.rows) {
      let tap = u.taps[leftAt.tap];
      let y = source.y * u.inStep + tap.x;
      let x = source.x * u.inStep + tap.y;
      if (y >= 0 && y < u.height && x >= 0 && x < u.width) {
        let pixel = (source.n * u.height + y) * u.width + x;
        leftVector = inputAt(pixel * u.channels + leftAt.channel, u.channels - leftAt.channel);
      }
    }
    leftAt = walk(leftAt, ${tile.inner}, padded);`,
    right: `
    if (rightAt.tap < endTap && rightAt.channel < u.channels && readColumn < u.columns) {
      let index = u.taps[rightAt.tap].z;
      ${
        transposed
          ? `let at = (index * u.columns + readColumn) * u.channels + rightAt.channel;
             rightVector = kernelAt(at, u.channels - rightAt.channel);`
          : `let at = (index * u.channels + rightAt.channel) * u.columns + readColumn;
             rightVector = kernelAt(at, u.columns - readColumn);`
      }
    }
    rightAt = walk(rightAt, ${tile.inner}, padded);`,
  })}
  ${shortcut ? shortcutProduct(product, tile) : ''}
  ${product.sumSlices}
  if (slice > 0) { return; }
  let toColumn = firstColumn + column;
  if (toColumn >= u.columns) { return; }
  let left = u.columns - toColumn;
  ${each4(
    (r) => `
  {
    let toRow = firstRow + row + ${r};
    let to = gridPlace(toRow);
    let y = to.y * u.outStep + phase.x;
    let x = to.x * u.outStep + phase.y;
    if (toRow < u.rows && y < u.outHeight && x < u.outWidth) {
      let at = ((to.n * u.outHeight + y) * u.outWidth + x) * u.columns + toColumn;
      var value = sum${r};
      ${bias ? 'value += kernelAt(u.biasRow * u.columns + toColumn, left);' : ''}
      ${shortcut ? 'value += shortcutKernelAt(u.shortcutChannels * u.columns + toColumn, left);' : ''}
      ${shift ? 'value += shiftAt(to.n * u.columns + toColumn, left);' : ''}
      ${residual ? 'value += residualAt(at, left);' : ''}
      setOutput(at, left, value);
    }
  }`,
  )}
}`;
      },
    };
  });
}

/** Its rows are the output's own pixels. */
function shortcutProduct(product: MatrixProduct, tile: Tile): string {
  return `
  var leftChannel = leftInner;
  var rightChannel = rightInner;
  ${product.add({
    turns: `(u.shortcutChannels + ${tile.inner - 1}) / ${tile.inner}`,
    left: `
    if (leftChannel < u.shortcutChannels && readRow < u.rows) {
      leftVector = shortcutXAt(readRow * u.shortcutChannels + leftChannel, u.shortcutChannels - leftChannel);
    }
    leftChannel += ${tile.inner};`,
    right: `
    if (rightChannel < u.shortcutChannels && readColumn < u.columns) {
      rightVector = shortcutKernelAt(rightChannel * u.columns + readColumn, u.columns - readColumn);
    }
    rightChannel += ${tile.inner};`,
  })}`;
}
