import { normalized, type PointSetDefinition } from './pointSet';

const RADII = [1, 2.2];

/** Two rings, one within the other, as dense as each other. */
export const rings: PointSetDefinition = {
  title: 'Rings',
  description: 'One ring within another.',
  points: (count) => {
    const [inner = 1, outer = 2] = RADII;
    const inside = Math.max(1, Math.round((count * inner) / (inner + outer)));
    return normalized(count, (i) => {
      const [radius, index, size] = i < inside ? [inner, i, inside] : [outer, i - inside, count - inside];
      const angle = (2 * Math.PI * index) / size;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    });
  },
};
