import { aroundCentre, disc, type Point, polygon, type SignedDistance } from './signedDistance';

/** The figures of the shapes data set, each within the unit disc, y downwards. The key names the class. */
export const figures: Record<string, SignedDistance> = {
  Circle: disc(0.9),
  Square: polygon(levelSquare(1)),
  Triangle: polygon(aroundCentre(3, 1)),
  Cross: polygon(cross(0.95, 0.3)),
  Star: polygon(aroundCentre(10, 1, 0.45)),
  Heart: polygon(heart(32)),
  Ring: difference(disc(0.95), disc(0.52)),
  Moon: difference(disc(0.95), disc(0.8, 0.42, -0.24)),
};

/** What is in the first figure but not in the second. Exact at the edge, a lower bound away from it. */
function difference(first: SignedDistance, second: SignedDistance): SignedDistance {
  return (x, y) => Math.max(first(x, y), -second(x, y));
}

/** A square with its sides level, its corners at a radius. */
function levelSquare(radius: number): Point[] {
  const half = radius * Math.SQRT1_2;
  return [
    [-half, -half],
    [half, -half],
    [half, half],
    [-half, half],
  ];
}

/** A Greek cross: arms of a length from the centre and of a half width. */
function cross(length: number, half: number): Point[] {
  return [
    [half, -length],
    [half, -half],
    [length, -half],
    [length, half],
    [half, half],
    [half, length],
    [-half, length],
    [-half, half],
    [-length, half],
    [-length, -half],
    [-half, -half],
    [-half, -length],
  ];
}

/** The heart curve x = 16 sin³ a, y = −(13 cos a − 5 cos 2a − 2 cos 3a − cos 4a); its tip is the farthest point, at 17. */
function heart(points: number): Point[] {
  return Array.from({ length: points }, (_, i) => {
    const a = (2 * Math.PI * i) / points;
    const x = 16 * Math.sin(a) ** 3;
    const y = -(13 * Math.cos(a) - 5 * Math.cos(2 * a) - 2 * Math.cos(3 * a) - Math.cos(4 * a));
    return [x / 17, y / 17] as const;
  });
}
