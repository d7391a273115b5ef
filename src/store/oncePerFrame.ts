const nextFrame: (show: () => void) => void =
  globalThis.requestAnimationFrame ?? ((show) => setTimeout(show, 16));

/** Shows the newest of many values once a frame of the page; values between are skipped. */
export function oncePerFrame<Value>(show: (value: Value) => void): (value: Value) => void {
  let newest: { value: Value } | null = null;
  return (value) => {
    const waiting = newest !== null;
    newest = { value };
    if (waiting) return;
    nextFrame(() => {
      const { value: last } = newest as { value: Value };
      newest = null;
      show(last);
    });
  };
}
