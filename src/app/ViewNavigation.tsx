import { ChevronDown } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { addressOf, useView } from './useView';
import { type View, type ViewId, viewGroups, views, viewsOf } from './views';

/** Links to the views by their group: in one row, or as a menu where the window is narrow. */
export function ViewNavigation() {
  const current = useView();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view closes the menu.
  useEffect(() => setOpen(false), [current]);
  const { group, title } = views[current] as View;
  return (
    <nav
      className="view-navigation"
      aria-label="Views"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setOpen(false);
      }}
      onKeyDown={({ key }) => {
        if (key !== 'Escape' || !open) return;
        setOpen(false);
        button.current?.focus();
      }}
    >
      <button
        ref={button}
        type="button"
        className="view-navigation__button"
        aria-expanded={open}
        aria-controls="view-groups"
        onClick={() => setOpen(!open)}
      >
        <span>
          {group && <small>{viewGroups[group]}: </small>}
          {title}
        </span>
        <ChevronDown size={16} aria-hidden />
      </button>
      <div id="view-groups" className="view-groups" data-open={open}>
        <Links group={undefined} current={current} onFollow={() => setOpen(false)} />
        {(Object.keys(viewGroups) as (keyof typeof viewGroups)[]).map((id) => (
          <Links key={id} group={id} current={current} onFollow={() => setOpen(false)} />
        ))}
      </div>
    </nav>
  );
}

interface LinksProps {
  group: keyof typeof viewGroups | undefined;
  current: ViewId;
  onFollow: () => void;
}

function Links({ group, current, onFollow }: LinksProps) {
  const id = `views-${group}`;
  return (
    <div className="view-group">
      {group && <span id={id}>{viewGroups[group]}</span>}
      <ul aria-labelledby={group && id}>
        {viewsOf(group).map(([view, { title, description }]) => (
          <li key={view}>
            <a
              href={addressOf(view)}
              title={description}
              aria-current={view === current ? 'page' : undefined}
              onClick={onFollow}
            >
              {title}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
