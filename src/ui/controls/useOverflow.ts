import { type RefObject, useEffect, useState } from 'react';

/** Whether the content of an element is wider than the element, so that there is something to scroll. */
export function useOverflow(element: RefObject<HTMLElement | null>): boolean {
  const [overflows, setOverflows] = useState(false);
  useEffect(() => {
    const box = element.current;
    if (!box) return;
    const measure = () => setOverflows(box.scrollWidth > box.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    // The content arrives later, and with another width each time it changes.
    const watched = new Set<Element>();
    const watch = () => {
      for (const child of box.children) {
        if (!watched.has(child)) observer.observe(child);
        watched.add(child);
      }
    };
    watch();
    const arrivals = new MutationObserver(watch);
    arrivals.observe(box, { childList: true });
    return () => {
      observer.disconnect();
      arrivals.disconnect();
    };
  }, [element]);
  return overflows;
}
