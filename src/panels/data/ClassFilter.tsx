import { useMemo } from 'react';
import { factsOf } from '../../store/datasetFacts';
import { useStore } from '../../store/store';
import { classCounts } from './examples';
import './ClassFilter.css';

/** A chip a class with its count: shows these classes only; none chosen means all. */
export function ClassFilter() {
  const { id, data, classFilter } = useStore((state) => state.dataset);
  const toggleClass = useStore((state) => state.toggleClass);
  const clearClassFilter = useStore((state) => state.clearClassFilter);
  const current = data?.id === id ? data : null;
  const counts = useMemo(
    () => (current ? classCounts(current.labels, current.classNames.length) : null),
    [current],
  );
  const { classNames, count } = useStore((state) => factsOf(state, id));
  return (
    <fieldset className="class-filter">
      <legend className="visually-hidden">Show classes</legend>
      <Chip
        title="All"
        count={current?.count ?? count}
        pressed={classFilter.length === 0}
        onClick={clearClassFilter}
      />
      {classNames.map((name, label) => (
        <Chip
          key={name}
          title={name}
          count={counts?.[label]}
          pressed={classFilter.includes(label)}
          disabled={!current}
          onClick={() => toggleClass(label)}
        />
      ))}
    </fieldset>
  );
}

interface ChipProps {
  title: string;
  /** None until the data is there; its room is kept. */
  count: number | undefined;
  pressed: boolean;
  disabled?: boolean;
  onClick: () => void;
}

function Chip({ title, count, pressed, disabled = false, onClick }: ChipProps) {
  return (
    <button type="button" className="chip" aria-pressed={pressed} disabled={disabled} onClick={onClick}>
      {title} <span className="chip__count">{count?.toLocaleString('en') ?? ''}</span>
    </button>
  );
}
