import { addressOf, useView } from './useView';
import { type View, type ViewId, views } from './views';
import './ViewNavigation.css';

/** Links to the views. */
export function ViewNavigation() {
  const current = useView();
  return (
    <nav className="view-navigation" aria-label="Views">
      <ul>
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
