import { useEffect, useRef } from 'react';
import { addressOf, useView } from './useView';
import { type View, type ViewId, views } from './views';
import './ViewNavigation.css';

/** Links to the views; the current one is kept in sight where not all have room. */
export function ViewNavigation() {
  const current = useView();
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the current link is another one with each view.
  useEffect(() => {
    const link = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (list.current && link)
      list.current.scrollLeft = link.offsetLeft - (list.current.clientWidth - link.offsetWidth) / 2;
  }, [current]);
  return (
    <nav className="view-navigation" aria-label="Views">
      <ul ref={list}>
        {(Object.entries(views) as [ViewId, View][]).map(([id, { title, description }]) => (
          <li key={id}>
            <a href={addressOf(id)} title={description} aria-current={id === current ? 'page' : undefined}>
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
