import { expect } from 'vitest';
import type { Imported } from '../importImages';
import { ImportError } from '../pixels';
import { type ImportReport, reportOf } from '../report';
import { classesOf } from './files';
import expected from './realFiles/expected.json';

export interface RealFileCase {
  case: string;
  path: string;
  why: string;
  count?: number | null;
  image_size?: number | null;
  channels?: number | null;
  grey_may_be_rgb?: boolean;
  classes?: string[];
  labels?: number[];
  label_names?: string[];
  pixels?: [image: number, y: number, x: number, levels: number[]][];
  tolerance?: number;
  brightest?: number;
  left_out?: string[];
  refused?: boolean;
}

export const realFileCases = expected.cases as RealFileCase[];

/** Compares an import with what is right for its files. */
export async function checkRealFile(right: RealFileCase, importing: Promise<Imported>): Promise<void> {
  if (right.refused) {
    await expect(importing).rejects.toThrow(ImportError);
    return;
  }
  const imported = await importing;
  const report = reportOf(imported);
  checkFacts(right, report);
  checkClasses(right, report, classesOf(imported));
  checkLevels(right, imported);
}

function checkFacts(right: RealFileCase, report: ImportReport): void {
  for (const fact of ['count', 'image_size', 'channels'] as const)
    if (typeof right[fact] === 'number' && !(fact === 'channels' && right.grey_may_be_rgb))
      expect(report[fact], fact).toBe(right[fact]);
  const names = report.left_out.map(({ name }) => name);
  for (const part of right.left_out ?? [])
    expect(
      names.some((name) => name.includes(part)),
      `${part} in ${names}`,
    ).toBe(true);
}

function checkClasses(right: RealFileCase, report: ImportReport, classes: string[]): void {
  if (right.classes) expect(report.classes.map(({ name }) => name).sort()).toEqual([...right.classes].sort());
  if (right.label_names) expect(classes).toEqual(right.label_names);
  if (!right.labels) return;
  const names = right.classes;
  if (names) {
    expect(classes).toEqual(right.labels.map((label) => names[label]));
    return;
  }
  const pairs = new Set(right.labels.map((label, i) => `${label} ${classes[i]}`));
  expect([pairs.size, new Set(classes).size]).toEqual([
    new Set(right.labels).size,
    new Set(right.labels).size,
  ]);
}

function checkLevels(right: RealFileCase, { built: { levels, imageSize, channels } }: Imported): void {
  const tolerance = right.tolerance ?? 3;
  for (const [image, y, x, colour] of right.pixels ?? []) {
    const at = ((image * imageSize + y) * imageSize + x) * channels;
    const found = Array.from(levels.subarray(at, at + channels));
    const difference = Math.max(
      ...Array.from({ length: Math.max(found.length, colour.length) }, (_, i) =>
        Math.abs((found[i % found.length] as number) - (colour[i % colour.length] as number)),
      ),
    );
    expect(difference, `image ${image}, ${x}, ${y}: ${found} for ${colour}`).toBeLessThanOrEqual(tolerance);
  }
  if (right.brightest !== undefined)
    expect(levels.reduce((most, level) => Math.max(most, level))).toBe(right.brightest);
}
