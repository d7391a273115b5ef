import { normalized, type PointSetDefinition } from './pointSet';

const TURNS = 1.75;

/** Two arms around a common centre, r = θ, evenly along their length. */
export const spiral: PointSetDefinition = {
  title: 'Spiral',
  description: 'Two arms wound around a common centre.',
  points: (count) =>
    normalized(count, (i) => {
      const pairs = Math.ceil(count / 2);
      // The length of r = θ grows as θ².
      const angle = 2 * Math.PI * TURNS * Math.sqrt((Math.floor(i / 2) + 0.5) / pairs) + 0.6;
      const turn = angle + (i % 2) * Math.PI;
      return [angle * Math.cos(turn), angle * Math.sin(turn)];
    }),
};
