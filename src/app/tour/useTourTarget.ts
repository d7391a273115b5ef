import { useEffect } from 'react';

/** Marks the control of a step and brings it into sight, as soon as its view has loaded. */
export function useTourTarget(selector: string, calm: boolean): void {
  useEffect(() => {
    let target: Element | null = null;
    const find = () => {
      if (target?.isConnected) return;
      target = document.querySelector(selector);
      if (!target) return;
      target.setAttribute('data-tour-target', '');
      // What stays in sight by itself, as the header, needs no scrolling.
      if (!target.closest('.header'))
        target.scrollIntoView({ block: 'start', behavior: calm ? 'auto' : 'smooth' });
    };
    // After the view has opened at its own top.
    const frame = requestAnimationFrame(find);
    const observer = new MutationObserver(find);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      target?.removeAttribute('data-tour-target');
    };
  }, [selector, calm]);
}
