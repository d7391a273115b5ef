import { type RefObject, useEffect } from 'react';
import { frameOf } from './frame';
import type { TourStep } from './tourSteps';

/** What the visitor moves the page with: from then on it is theirs. */
const gestures = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;

const none: readonly string[] = [];

/** Marks the control of a step, and keeps it in sight with what belongs to it, until the visitor moves the page. */
export function useTourFrame(
  { target, together = none }: Pick<TourStep, 'target' | 'together'>,
  card: RefObject<HTMLElement | null>,
  calm: boolean,
): void {
  useEffect(() => {
    let marked: Element | null = null;
    let taken = false;
    let asked = 0;
    const frame = () => {
      asked = 0;
      const found = firstOf(target);
      if (found !== marked) {
        marked?.removeAttribute('data-tour-target');
        marked = found;
        marked?.setAttribute('data-tour-target', '');
      }
      if (!marked || taken || !card.current) return;
      const others = together.flatMap((one) => [...document.querySelectorAll(one)]);
      const { top, side } = frameOf([onPage(marked), ...others.map(onPage)], {
        window: { width: document.documentElement.clientWidth, height: innerHeight },
        header: headerHeight(),
        card: card.current.getBoundingClientRect(),
      });
      card.current.dataset.side = side;
      if (Math.abs(scrollY - top) > 2) scrollTo({ top, behavior: calm ? 'instant' : 'smooth' });
    };
    // After the view has opened at its own top, and whenever something of it has come.
    const ask = () => {
      if (asked === 0) asked = requestAnimationFrame(frame);
    };
    const take = (event: Event) => {
      if (!(event.target instanceof Node && card.current?.contains(event.target))) taken = true;
    };
    ask();
    const parts = new MutationObserver(ask);
    parts.observe(document.body, { childList: true, subtree: true });
    const sizes = new ResizeObserver(ask);
    sizes.observe(document.body);
    if (card.current) sizes.observe(card.current);
    for (const gesture of gestures) addEventListener(gesture, take, { passive: true });
    return () => {
      cancelAnimationFrame(asked);
      parts.disconnect();
      sizes.disconnect();
      for (const gesture of gestures) removeEventListener(gesture, take);
      marked?.removeAttribute('data-tour-target');
    };
  }, [target, together, card, calm]);
}

/** The element of the first selector that has one: better ones come first. */
function firstOf(selectors: readonly string[]): Element | null {
  for (const selector of selectors) {
    const found = document.querySelector(selector);
    if (found) return found;
  }
  return null;
}

function onPage(element: Element) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return { left, right, top: top + scrollY, bottom: bottom + scrollY };
}

/** What of the header stays in sight when the page is scrolled. */
function headerHeight(): number {
  const header = document.querySelector<HTMLElement>('.header');
  return header ? header.offsetHeight + Number.parseFloat(getComputedStyle(header).top || '0') : 0;
}
