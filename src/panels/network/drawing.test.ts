import { describe, expect, test } from 'vitest';
import { parseModelConfig } from '../../engine/unet/config';
import { modulesOf } from '../../engine/unet/modules';
import { type Box, drawingOf } from './drawing';

const sizes = { box: 60, boxHeight: 80, gap: 24, stackGap: 10, arc: 8 };
const configOf = (changes: object = {}) =>
  parseModelConfig({
    image_channels: 1,
    image_size: 16,
    n_channels: 32,
    ch_mults: [1, 2, 2],
    is_attn: [false, true, true],
    n_blocks: 2,
    n_steps: 100,
    ...changes,
  });

/** Every corner of an SVG path, from its start to its end. */
function points(path: string): [number, number][] {
  const places: [number, number][] = [];
  for (const [, command = '', numbers = ''] of path.matchAll(/([MHVQ])([^MHVQ]*)/g)) {
    const values = numbers.trim().split(/[ ,]+/).map(Number);
    const [x, y] = places.at(-1) ?? [0, 0];
    if (command === 'H') places.push([values[0] as number, y]);
    else if (command === 'V') places.push([x, values[0] as number]);
    else places.push(values.slice(-2) as [number, number]);
  }
  return places;
}

const touches = ({ x, y }: Box, [px, py]: [number, number]) =>
  px >= x && px <= x + sizes.box && py >= y && py <= y + sizes.boxHeight;

/** Whether a straight piece of a line runs through the inside of a box. */
function crosses({ x, y }: Box, [ax, ay]: [number, number], [bx, by]: [number, number]): boolean {
  return (
    Math.max(ax, bx) > x &&
    Math.min(ax, bx) < x + sizes.box &&
    Math.max(ay, by) > y &&
    Math.min(ay, by) < y + sizes.boxHeight
  );
}

describe.each([
  ['three levels of two blocks', configOf()],
  ['one level', configOf({ ch_mults: [1], is_attn: [true], n_blocks: 1 })],
  [
    'five levels',
    configOf({ ch_mults: [1, 1, 1, 2, 1], is_attn: [false, false, false, false, true], n_blocks: 1 }),
  ],
])('the drawing of %s', (_, config) => {
  const { boxes, edges, width, height } = drawingOf(config, sizes);
  const boxOf = (name: string) => boxes.find(({ module }) => module.name === name) as Box;

  test('has a box for every module, none over another, all within', () => {
    expect(boxes.map(({ module }) => module.name)).toEqual(modulesOf(config).map(({ name }) => name));
    for (const [i, one] of boxes.entries()) {
      expect(one.x + sizes.box).toBeLessThanOrEqual(width);
      expect(one.y + sizes.boxHeight).toBeLessThanOrEqual(height);
      for (const other of boxes.slice(i + 1))
        expect(Math.abs(one.x - other.x) >= sizes.box || Math.abs(one.y - other.y) >= sizes.boxHeight).toBe(
          true,
        );
    }
  });

  test('has a line for every input, every skip and every block that the time goes into', () => {
    const count = (kind: string) => edges.filter((edge) => edge.kind === kind).length;
    const modules = modulesOf(config);
    expect(count('flow')).toBe(modules.length - 2);
    expect(count('skip')).toBe(modules.filter(({ skip }) => skip).length);
    expect(count('time')).toBe(modules.filter(({ kind }) => kind === 'residual').length);
  });

  test('draws every line from its one box to its other, through none between', () => {
    for (const { from, to, path } of edges) {
      const corners = points(path);
      expect(touches(boxOf(from), corners[0] as [number, number]), `${from} to ${to}`).toBe(true);
      expect(touches(boxOf(to), corners.at(-1) as [number, number]), `${from} to ${to}`).toBe(true);
      for (const box of boxes) {
        for (let i = 1; i < corners.length; i++)
          expect(
            crosses(box, corners[i - 1] as [number, number], corners[i] as [number, number]),
            `${from} to ${to} through ${box.module.name}`,
          ).toBe(false);
      }
    }
  });
});
