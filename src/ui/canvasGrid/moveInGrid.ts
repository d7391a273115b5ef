/** Where a key leads from a picture of a grid: arrows one step, Home and End to the ends; null for any other key. */
export function moveInGrid(key: string, from: number, columns: number, count: number): number | null {
  const to = target(key, from, columns, count);
  if (to === null) return null;
  return to >= 0 && to < count ? to : from;
}

function target(key: string, from: number, columns: number, count: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return from - 1;
    case 'ArrowRight':
      return from + 1;
    case 'ArrowUp':
      return from - columns;
    case 'ArrowDown':
      return from + columns;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
