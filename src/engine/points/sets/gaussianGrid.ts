import { normalized, type PointSetDefinition } from './pointSet';

const SIDE = 5;

/** The centres of 25 Gaussians. */
export const gaussianGrid: PointSetDefinition = {
  title: 'Grid',
  description: 'A grid of 5 × 5 Gaussians, which many generators mistake for fewer.',
  fixedCount: SIDE * SIDE,
  points: () => normalized(SIDE * SIDE, (i) => [i % SIDE, Math.floor(i / SIDE)]),
};
