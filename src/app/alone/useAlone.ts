import { useEffect } from 'react';
import './alone.css';

/** Shows one panel of the page without the rest, as soon as its view has loaded; everything while `selector` is null. */
export function useAlone(selector: string | null): void {
  useEffect(() => {
    if (selector === null) return;
    let shown: Element | null = null;
    let marked: Element[] = [];
    const unmark = () => {
      for (const element of marked) element.removeAttribute('data-alone');
      marked = [];
    };
    const mark = () => {
      const found = document.querySelector(selector)?.closest('.panel, .opening') ?? null;
      if (found === shown) return;
      unmark();
      shown = found;
      for (let element = found; element && element.id !== 'content'; element = element.parentElement) {
        element.setAttribute('data-alone', element === found ? 'panel' : 'around');
        marked.push(element);
      }
    };
    document.documentElement.setAttribute('data-alone', 'page');
    mark();
    const observer = new MutationObserver(mark);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      unmark();
      document.documentElement.removeAttribute('data-alone');
    };
  }, [selector]);
}
