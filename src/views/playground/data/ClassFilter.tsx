import { useMemo } from 'react';
import { classCounts } from '../../../panels/data/examples';
import { useValues } from '../../../panels/settings/useSettings';
import { shownGroup } from '../../../settings/groups/page';
import { factsOf } from '../../../store/datasetFacts';
import { useStore } from '../../../store/store';
import './data.css';

/** A chip a class with its count: shows these classes only; none chosen means all. */
export function ClassFilter() {
  const { data } = useStore((state) => state.dataset);
  const id = useStore((state) => state.values.data.dataset);
  const { classFilter } = useValues(shownGroup);
  const toggleClass = useStore((state) => state.toggleClass);
  const current = data?.id === id ? data : null;
  const counts = useMemo(
    () => (current ? classCounts(current.labels, current.classNames.length) : null),
    [current],
  );
  const { classNames, count } = useStore((state) => factsOf(state, id));
  if (classNames.length < 2) return null;
  return (
    <fieldset className="row gap-1">
      <legend className="visually-hidden">Show classes</legend>
      <Chip
        title="All"
        count={current?.count ?? count}
        pressed={classFilter.length === 0}
        onClick={() => useStore.getState().set(shownGroup, { classFilter: [] })}
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
      {title} <span>{count?.toLocaleString('en') ?? ''}</span>
    </button>
  );
}
