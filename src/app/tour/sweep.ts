/** Milliseconds from one end to the other, and those at each end. */
const way = 4000;
const rest = 600;

interface Sweep {
  /** The last value of the way; the first is 0. */
  end: number;
  read(): number;
  show(value: number): void;
}

/**
 * Moves a whole-numbered control to its end and back, until it is stopped or the visitor moves the control. Returns what
 * stops it.
 */
export function sweep({ end, read, show }: Sweep): () => void {
  const half = way + rest;
  // On from where it is.
  const start = performance.now() - (way * read()) / end;
  let shown = read();
  let request = requestAnimationFrame(function move(now) {
    if (read() !== shown) return;
    const place = Math.max(0, now - start) % (2 * half);
    const share = Math.min(1, (place < half ? place : 2 * half - place) / way);
    const next = Math.round(end * share);
    if (next !== shown) {
      shown = next;
      show(next);
    }
    request = requestAnimationFrame(move);
  });
  return () => cancelAnimationFrame(request);
}
