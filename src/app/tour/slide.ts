/** Milliseconds that a control takes to its new place. */
const duration = 1200;

interface Slide {
  from: number;
  to: number;
  show: (value: number) => void;
  /** With less motion wanted it is there at once. */
  calm: boolean;
}

/** Moves a whole-numbered control to a value, slow at both ends. */
export function slide({ from, to, show, calm }: Slide): void {
  if (calm) {
    show(to);
    return;
  }
  const start = performance.now();
  const frame = (now: number) => {
    const share = Math.min(1, Math.max(0, (now - start) / duration));
    show(Math.round(from + (to - from) * share * share * (3 - 2 * share)));
    if (share < 1) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
