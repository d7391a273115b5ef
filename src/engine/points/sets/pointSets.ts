import { gaussianGrid } from './gaussianGrid';
import { moons } from './moons';
import type { PointSetDefinition } from './pointSet';
import { rings } from './rings';
import { spiral } from './spiral';

/** All point sets by id. To add one: a file with its points, and a line here. */
export const pointSets = { moons, spiral, rings, gaussianGrid } satisfies Record<string, PointSetDefinition>;

export type PointSetId = keyof typeof pointSets;
