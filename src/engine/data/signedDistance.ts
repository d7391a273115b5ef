/** Distance of a point to the edge of a figure, in its own units: negative inside. */
export type SignedDistance = (x: number, y: number) => number;

export type Point = readonly [x: number, y: number];

export function disc(radius: number, centreX = 0, centreY = 0): SignedDistance {
  return (x, y) => Math.hypot(x - centreX, y - centreY) - radius;
}

/** A closed polygon, convex or not: distance to the nearest side, and even–odd crossings for the sign. */
export function polygon(vertices: readonly Point[]): SignedDistance {
  const sides = vertices.map((end, i) => ({ start: vertices.at(i - 1) as Point, end }));
  return (x, y) => {
    let nearest = Number.POSITIVE_INFINITY;
    let inside = false;
    for (const { start, end } of sides) {
      const [sideX, sideY] = [end[0] - start[0], end[1] - start[1]];
      const [toX, toY] = [x - start[0], y - start[1]];
      const along = (toX * sideX + toY * sideY) / (sideX * sideX + sideY * sideY);
      const clamped = Math.min(1, Math.max(0, along));
      nearest = Math.min(nearest, (toX - clamped * sideX) ** 2 + (toY - clamped * sideY) ** 2);
      if (start[1] > y !== end[1] > y && toX < (sideX * toY) / sideY) inside = !inside;
    }
    return inside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
  };
}

/** The points at some radii, taken in turn, at even angles from straight up: 5 of one are a pentagon, 10 of two a star. */
export function aroundCentre(points: number, ...radii: number[]): Point[] {
  return Array.from({ length: points }, (_, i) => {
    const radius = radii[i % radii.length] as number;
    const angle = (2 * Math.PI * i) / points;
    return [radius * Math.sin(angle), -radius * Math.cos(angle)] as const;
  });
}
