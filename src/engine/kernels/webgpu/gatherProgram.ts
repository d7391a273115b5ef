import { counted, type Factors, type Side, zeroUnless } from './factors';
import { MatrixProduct } from './matrixProduct';
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
 * the pixels that a tap reads are gathered as they are needed.
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
      subgroups: tile.quads ?? false,
      source: () => {
        const product = new MatrixProduct(tile);
        return `
${product.memory}
${reader('input', alignedChannels)}
${reader('kernel', transposed ? alignedChannels : alignedColumns)}
${shift ? reader('shift', alignedColumns) : ''}
${residual ? reader('residual', alignedColumns) : ''}
${shortcut ? reader('shortcutX', shortcutAligned) + reader('shortcutKernel', alignedColumns) : ''}
${writer('output', alignedColumns)}
${outputPlaces}
${inputPlaces(transposed)}

@compute @workgroup_size(${product.threads})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) thread: u32) {
  ${product.place}
  let phase = u.phases[workgroup.z];
  let firstRow = i32(workgroup.x) * ${tile.rows};
  let firstColumn = i32(workgroup.y) * ${tile.columns};
  ${product.leaveOutside('u.rows', 'u.columns')}
  // Each tap's channels are filled up to whole vectors.
  let padded = (u.channels + 3) / 4 * 4;
  let endTap = phase.w;
  let channels = u.channels;
  let columns = u.columns;
  let height = u32(u.height);
  let width = u32(u.width);
  ${product.add({
    left: pixels,
    right: transposed ? transposedKernel : kernel,
    inner: '(endTap - phase.z) * padded',
  })}
  ${shortcut ? product.add(shortcutFactors) : ''}
  ${product.forEachBlock(
    ({ row, column, sums }) => `
    let toColumn = firstColumn + ${column};
    let left = u.columns - toColumn;
    if (left > 0) {
      var added = vec4<f32>(0);
      ${bias ? 'added += kernelAt(u.biasRow * u.columns + toColumn, left);' : ''}
      ${shortcut ? 'added += shortcutKernelAt(u.shortcutChannels * u.columns + toColumn, left);' : ''}
      ${sums
        .map(
          (sum, r) => `
      {
        let to = gridPlace(firstRow + ${row} + ${r});
        let y = to.y * u.outStep + phase.x;
        let x = to.x * u.outStep + phase.y;
        if (to.exists && y < u.outHeight && x < u.outWidth) {
          let at = ((to.n * u.outHeight + y) * u.outWidth + x) * u.columns + toColumn;
          var value = ${sum} + added;
          ${shift ? 'value += shiftAt(to.n * u.columns + toColumn, left);' : ''}
          ${residual ? 'value += residualAt(at, left);' : ''}
          setOutput(at, left, value);
        }
      }`,
        )
        .join('')}
    }`,
  )}
}`;
      },
    };
  });
}

const outputPlaces = `
/** A place of the grid of outputs. */
struct GridPlace { n: i32, y: i32, x: i32, exists: bool }
fn gridPlace(row: i32) -> GridPlace {
  let line = row / u.gridWidth;
  let n = line / u.gridHeight;
  return GridPlace(n, line - n * u.gridHeight, row - line * u.gridWidth, row < u.rows);
}`;

/** The offsets in memory of rows, columns and the inner dimension add up, so that little is left to do for a load. */
const inputPlaces = (transposed: boolean) => `
/** Outside of any image, whatever the tap. */
const FAR = -0x1000000;

/** Where the taps of a row start from: the element of its input, and its coordinates. */
struct Source { element: i32, y: i32, x: i32 }
fn sourceOf(row: i32) -> Source {
  let place = gridPlace(row);
  let y = place.y * u.inStep;
  let x = place.x * u.inStep;
  return Source(((place.n * u.height + y) * u.width + x) * u.channels, select(FAR, y, place.exists), x);
}

/** A place of the inner dimension, a channel under a tap: how far it reads from the source, and where in the kernel. */
struct Walk { tap: i32, channel: i32, y: i32, x: i32, elements: i32, kernel: i32 }
fn startOf(tap: i32, channel: i32, endTap: i32) -> Walk {
  let reads = u.taps[min(tap, ${MOST_TAPS - 1})];
  let y = select(FAR, reads.x, tap < endTap);
  let kernel = reads.z * u.channels * u.columns + channel${transposed ? '' : ' * u.columns'};
  return Walk(tap, channel, y, reads.y, (reads.x * u.width + reads.y) * u.channels + channel, kernel);
}
fn walk(start: Walk, by: i32, padded: i32, endTap: i32) -> Walk {
  var to = start;
  to.channel += by;
  to.elements += by;
  to.kernel += by${transposed ? '' : ' * u.columns'};
  while (to.channel >= padded) { to = startOf(to.tap + 1, to.channel - padded, endTap); }
  return to;
}`;

const walks = {
  inner: (name: string, start: string) =>
    `var ${name} = walk(startOf(phase.z, 0, endTap), ${start}, padded, endTap);`,
  advance: (name: string, by: number) => `${name} = walk(${name}, ${by}, padded, endTap);`,
};

const pixels: Side = {
  along: 'inner',
  ...walks,
  outer: (name, index) => `let ${name} = sourceOf(${index});`,
  load: (outer, inner) =>
    zeroUnless(
      `(u32(${outer}.y + ${inner}.y) < height) & (u32(${outer}.x + ${inner}.x) < width)`,
      `inputAt(${outer}.element + ${inner}.elements, channels - ${inner}.channel)`,
    ),
};

const kernel: Side = {
  along: 'outer',
  ...walks,
  outer: counted.outer,
  load: (outer, inner, offset) =>
    `kernelAt(${inner}.kernel + ${offset} * columns + ${outer}, columns - ${outer})`,
};

const transposedKernel: Side = {
  along: 'inner',
  ...walks,
  outer: (name, index) => `let ${name} = ${index} * u.channels;`,
  load: (outer, inner) => `kernelAt(${inner}.kernel + ${outer}, channels - ${inner}.channel)`,
};

/** The rows of a shortcut are the output's own pixels. */
const shortcutFactors: Factors = {
  left: {
    along: 'inner',
    ...counted,
    load: (outer, inner) =>
      zeroUnless(
        `(${outer} < u.rows) & (${inner} < u.shortcutChannels)`,
        `shortcutXAt(${outer} * u.shortcutChannels + ${inner}, u.shortcutChannels - ${inner})`,
      ),
  },
  right: {
    along: 'outer',
    ...counted,
    load: (outer, inner, offset) =>
      `shortcutKernelAt((${inner} + ${offset}) * columns + ${outer}, columns - ${outer})`,
  },
  inner: 'u.shortcutChannels',
};
