import { normalized, type PointSetDefinition } from './pointSet';

/** Two half circles that reach into each other. */
export const moons: PointSetDefinition = {
  title: 'Moons',
  description: 'Two half circles that reach into each other.',
  points: (count) => {
    const upper = Math.ceil(count / 2);
    return normalized(count, (i) => {
      const first = i < upper;
      const [index, size] = first ? [i, upper] : [i - upper, count - upper];
      const angle = (Math.PI * (index + 0.5)) / size;
      return first ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
    });
  },
};
