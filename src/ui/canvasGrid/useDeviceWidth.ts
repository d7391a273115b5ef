import { type RefObject, useLayoutEffect, useState } from 'react';

export interface DeviceWidth {
  /** Width of the element in device pixels, whole. */
  width: number;
  /** Device pixels a CSS pixel. */
  ratio: number;
}

/** The width of an element, measured before the first paint and again whenever it or the zoom changes. */
export function useDeviceWidth(element: RefObject<HTMLElement | null>): DeviceWidth | null {
  const [measured, setMeasured] = useState<DeviceWidth | null>(null);
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return;
    const measure = () => {
      const ratio = devicePixelRatio;
      // A hair more, so that 100.00001 of a fractional ratio is not taken for 99.
      const width = Math.floor(target.getBoundingClientRect().width * ratio + 1e-3);
      setMeasured((before) =>
        before?.width === width && before.ratio === ratio ? before : { width, ratio },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return measured;
}
