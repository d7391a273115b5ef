import { counted, type Factors, type Side } from './factors';
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
${places}

@compute @workgroup_size(${product.threads})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) thread: u32) {
  ${product.place}
  let phase = u.phases[workgroup.z];
  let firstRow = i32(workgroup.x) * ${tile.rows};
  let firstColumn = i32(workgroup.y) * ${tile.columns};
  ${product.leaveOutside('u.rows', 'u.columns')}
  // Each tap's channels are filled up to whole vectors.
  let padded = (u.channels + 3) / 4 * 4;
  ${product.add({
    left: pixels,
    right: transposed ? transposedKernel : kernel,
    inner: '(phase.w - phase.z) * padded',
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

const places = `
/** A place of the grid of outputs. */
struct GridPlace { n: i32, y: i32, x: i32, exists: bool }
fn gridPlace(row: i32) -> GridPlace {
  let line = row / u.gridWidth;
  let n = line / u.gridHeight;
  return GridPlace(n, line - n * u.gridHeight, row - line * u.gridWidth, row < u.rows);
}

/** A place of the inner dimension: a channel under a tap, which reads (y, x) away. */
struct Walk { tap: i32, channel: i32, y: i32, x: i32, index: i32 }
fn walkFrom(tap: i32, channel: i32, padded: i32) -> Walk {
  let at = u.taps[min(tap, ${MOST_TAPS - 1})];
  return walk(Walk(tap, 0, at.x, at.y, at.z), channel, padded);
}
fn walk(start: Walk, by: i32, padded: i32) -> Walk {
  var to = start;
  to.channel += by;
  while (to.channel >= padded) {
    to.channel -= padded;
    to.tap++;
    let at = u.taps[min(to.tap, ${MOST_TAPS - 1})];
    to.y = at.x;
    to.x = at.y;
    to.index = at.z;
  }
  return to;
}

fn inInput(place: GridPlace, at: Walk) -> bool {
  let y = place.y * u.inStep + at.y;
  let x = place.x * u.inStep + at.x;
  return place.exists & (y >= 0) & (y < u.height) & (x >= 0) & (x < u.width);
}
fn inputPlace(place: GridPlace, at: Walk) -> i32 {
  let line = place.n * u.height + place.y * u.inStep + at.y;
  return (line * u.width + place.x * u.inStep + at.x) * u.channels + at.channel;
}`;

const walks = {
  inner: (name: string, start: string) => `var ${name} = walkFrom(phase.z, ${start}, padded);`,
  advance: (name: string, by: number) => `${name} = walk(${name}, ${by}, padded);`,
};

const pixels: Side = {
  along: 'inner',
  ...walks,
  outer: (name, index) => `let ${name} = gridPlace(${index});`,
  load: (outer, inner) => ({
    vector: `inputAt(inputPlace(${outer}, ${inner}), u.channels - ${inner}.channel)`,
    exists: `(${inner}.tap < phase.w) & inInput(${outer}, ${inner})`,
  }),
};

const kernel: Side = {
  along: 'outer',
  ...walks,
  outer: (name, index) => `let ${name} = ${index};`,
  load: (outer, inner, offset) => ({
    vector: `kernelAt(
      (${inner}.index * u.channels + ${inner}.channel + ${offset}) * u.columns + ${outer}, u.columns - ${outer})`,
    exists: `(${outer} < u.columns) & (${inner}.tap < phase.w) & (${inner}.channel + ${offset} < u.channels)`,
  }),
};

const transposedKernel: Side = {
  along: 'inner',
  ...walks,
  outer: kernel.outer,
  load: (outer, inner) => ({
    vector: `kernelAt(
      (${inner}.index * u.columns + ${outer}) * u.channels + ${inner}.channel, u.channels - ${inner}.channel)`,
    exists: `(${outer} < u.columns) & (${inner}.tap < phase.w)`,
  }),
};

/** The rows of a shortcut are the output's own pixels. */
const shortcutFactors: Factors = {
  left: {
    along: 'inner',
    ...counted,
    load: (outer, inner) => ({
      vector: `shortcutXAt(${outer} * u.shortcutChannels + ${inner}, u.shortcutChannels - ${inner})`,
      exists: `(${outer} < u.rows) & (${inner} < u.shortcutChannels)`,
    }),
  },
  right: {
    along: 'outer',
    ...counted,
    load: (outer, inner, offset) => ({
      vector: `shortcutKernelAt((${inner} + ${offset}) * u.columns + ${outer}, u.columns - ${outer})`,
      exists: `(${outer} < u.columns) & (${inner} + ${offset} < u.shortcutChannels)`,
    }),
  },
  inner: 'u.shortcutChannels',
};
