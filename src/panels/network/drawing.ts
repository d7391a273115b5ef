import type { ModelConfig } from '../../engine/unet/config';
import { modulesOf, type UNetModule } from '../../engine/unet/modules';

/** Lengths of a drawing of the network, CSS pixels. */
export interface DrawingSizes {
  /** Width of a module's box. */
  box: number;
  /** Height of a module's box. */
  boxHeight: number;
  /** Between two columns; lines run there. */
  gap: number;
  /** Between two boxes of a column. */
  stackGap: number;
  /** Between two arcs that lie one over the other. */
  arc: number;
}

/** A module's box, from the left upper corner. */
export interface Box {
  module: UNetModule;
  x: number;
  y: number;
}

/** A line: the way of the image, a skip, or the time embedding that goes into every residual block. */
export interface Edge {
  kind: 'flow' | 'skip' | 'time';
  from: string;
  to: string;
  /** SVG path. */
  path: string;
}

export interface Level {
  /** Height and width of its maps. */
  size: number;
  y: number;
  height: number;
}

/** The U of a network: a column a block, from left to right as they run, and a row a level. */
export interface Drawing {
  width: number;
  height: number;
  sizes: DrawingSizes;
  boxes: Box[];
  edges: Edge[];
  levels: Level[];
}

interface Column {
  level: number;
  modules: UNetModule[];
}

/** The drawing that follows from a config. */
export function drawingOf(config: ModelConfig, sizes: DrawingSizes): Drawing {
  const [time, ...modules] = modulesOf(config) as [UNetModule, ...UNetModule[]];
  const columns = columnsOf(modules);
  const levels = levelsOf(columns, config, sizes);
  const pitch = sizes.box + sizes.gap;
  const boxes = columns.flatMap(({ level, modules: stack }, column) =>
    stack.map((module, i) => ({
      module,
      x: column * pitch,
      y: (levels[level] as Level).y + i * (sizes.boxHeight + sizes.stackGap),
    })),
  );
  const last = levels.at(-1) as Level;
  // Half of it beside the lowest row, which the first column is above.
  const timeBox = { module: time, x: 0, y: last.y + last.height + sizes.stackGap - sizes.boxHeight / 2 };
  const places = new Map([...boxes, timeBox].map((box) => [box.module.name, box]));
  return {
    width: columns.length * pitch - sizes.gap,
    height: timeBox.y + sizes.boxHeight,
    sizes,
    boxes: [timeBox, ...boxes],
    edges: [
      ...timeEdges(columns, places, sizes),
      ...flowEdges(modules, places, sizes),
      ...skipEdges(columns, places, levels, sizes),
    ],
    levels,
  };
}

/** The width of a box with which the drawing of a config takes up `room`, CSS pixels. */
export function fittingBox(config: ModelConfig, room: number, gap: number): number {
  const columns = columnsOf(modulesOf(config).slice(1)).length;
  return (room - gap * (columns - 1)) / columns;
}

/** The modules of a block stand in one column: `down.2.res` above `down.2.attn`, the three of the middle. */
function columnsOf(modules: UNetModule[]): Column[] {
  const columns: (Column & { block: string })[] = [];
  for (const module of modules) {
    const [side, number] = module.name.split('.');
    const block = side === 'middle' ? side : `${side}.${number ?? ''}`;
    const newest = columns.at(-1);
    if (newest?.block === block) newest.modules.push(module);
    else columns.push({ block, level: module.level, modules: [module] });
  }
  return columns;
}

function levelsOf(columns: Column[], { imageSize, chMults }: ModelConfig, sizes: DrawingSizes): Level[] {
  let y = 0;
  return chMults.map((_, level) => {
    const here = columns.filter((column) => column.level === level);
    const skips = here.flatMap(({ modules }) => modules.filter(({ skip }) => skip)).length;
    const most = Math.max(...here.map(({ modules }) => modules.length));
    y += (skips + 1) * sizes.arc;
    const height = most * sizes.boxHeight + (most - 1) * sizes.stackGap;
    const row = { size: imageSize / 2 ** level, y, height };
    y += height;
    return row;
  });
}

type Places = ReadonlyMap<string, Box>;
const placeOf = (places: Places, name: string) => places.get(name) as Box;

function flowEdges(modules: UNetModule[], places: Places, sizes: DrawingSizes): Edge[] {
  const { box, boxHeight, gap } = sizes;
  return modules.slice(1).map(({ name, from }) => {
    const [begin, end] = [placeOf(places, from), placeOf(places, name)];
    const path =
      begin.x === end.x
        ? `M${begin.x + box / 2} ${begin.y + boxHeight}V${end.y}`
        : `M${begin.x + box} ${begin.y + boxHeight / 2}H${end.x - gap / 3}V${end.y + boxHeight / 2}H${end.x}`;
    return { kind: 'flow', from, to: name, path };
  });
}

/** Above the row of their level, those of a level one over the other. */
function skipEdges(columns: Column[], places: Places, levels: Level[], sizes: DrawingSizes): Edge[] {
  const { box, boxHeight, gap, arc } = sizes;
  return levels.flatMap((level, index) => {
    const joined = columns
      .filter((column) => column.level === index)
      .flatMap(({ modules }) => modules.filter(({ skip }) => skip));
    return joined.map(({ name, skip }, rank): Edge => {
      const from = skip?.from as string;
      const [begin, end] = [placeOf(places, from), placeOf(places, name)];
      // The first to be joined is the innermost.
      const top = level.y - (rank + 1) * arc;
      const [left, right] = [begin.x + box + gap / 3, end.x + box / 2];
      const corner = Math.min(arc, gap / 3, 8);
      const path =
        `M${begin.x + box} ${begin.y + boxHeight / 4}H${left - corner}Q${left} ${begin.y + boxHeight / 4} ${left} ${begin.y + boxHeight / 4 - corner}` +
        `V${top + corner}Q${left} ${top} ${left + corner} ${top}H${right - corner}Q${right} ${top} ${right} ${top + corner}V${end.y}`;
      return { kind: 'skip', from, to: name, path };
    });
  });
}

/** From the box below the U along its foot, and up to every residual block. */
function timeEdges(columns: Column[], places: Places, sizes: DrawingSizes): Edge[] {
  const { box, boxHeight, gap } = sizes;
  const time = placeOf(places, 'time_emb');
  const foot = time.y + boxHeight / 2;
  return columns.flatMap(({ modules }) =>
    modules
      .filter(({ kind }) => kind === 'residual')
      .map(({ name }): Edge => {
        const { x, y } = placeOf(places, name);
        // Beside the column, so that it meets the block and no box below.
        const upright = x - (2 * gap) / 3;
        const path = `M${time.x + box} ${foot}H${upright}V${y + (3 * boxHeight) / 4}H${x}`;
        return { kind: 'time', from: 'time_emb', to: name, path };
      }),
  );
}
