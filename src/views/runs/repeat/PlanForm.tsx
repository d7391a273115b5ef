import { useEffect } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { useStore } from '../../../store/store';
import { NumberField } from '../../../ui/controls/NumberField';
import { Problem } from '../../../ui/controls/Problem';
import { Segmented } from '../../../ui/controls/Segmented';
import { SelectField } from '../../../ui/controls/SelectField';
import { counted } from '../../../ui/counted';
import { explanations } from '../help';
import { useRuns } from '../useRuns';
import { ChoiceFields } from './ChoiceFields';
import { MOST_CHOICES } from './grid';
import { plannedRuns } from './planState';
import { StartButton } from './StartButton';
import { planStore, usePlan } from './usePlan';

const PAGE = 'page';
const orders = [
  { value: 'after', title: 'One after the other' },
  { value: 'turns', title: 'In turns' },
] as const;

/** What to train: from which settings, with which values, for how many steps. */
export function PlanForm() {
  const plan = usePlan(
    useShallow(({ from, choices, steps, inTurns }) => ({ from, choices, steps, inTurns })),
  );
  const page = useStore(useShallow(({ session, values, ownDatasets }) => ({ session, values, ownDatasets })));
  const runs = useRuns((state) => state.runs);
  const { begin, setSteps, setInTurns } = planStore.getState();
  useEffect(() => {
    if (planStore.getState().choices.length === 0) begin(null);
  }, [begin]);
  const { base, runs: planned, problem } = plannedRuns(plan, page);
  const known = (runs ?? []).flatMap(({ facts, damage }) =>
    facts?.dataset && damage === undefined ? [facts] : [],
  );
  const options = [
    { value: PAGE, title: 'The playground' },
    ...known.map(({ id, name }) => ({ value: id, title: name })),
    ...(plan.from && !known.some(({ id }) => id === plan.from?.id)
      ? [{ value: plan.from.id, title: plan.from.name }]
      : []),
  ];
  return (
    <div className="stack gap-3">
      <div className="fields">
        <SelectField
          label="Settings of"
          value={plan.from?.id ?? PAGE}
          options={options}
          onChange={(id) => begin(known.find((facts) => facts.id === id) ?? null)}
        />
        <NumberField
          label="Steps of each run"
          value={plan.steps}
          min={1}
          max={1_000_000}
          step={100}
          integer
          onCommit={setSteps}
        />
      </div>
      {Array.from({ length: Math.min(MOST_CHOICES, plan.choices.length + 1) }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a setting is its place.
        <ChoiceFields key={place} place={place} base={base} />
      ))}
      {planned.length > 1 && (
        <Segmented
          label="Order"
          explanation={explanations.order}
          value={plan.inTurns ? 'turns' : 'after'}
          options={orders}
          onChange={(order) => setInTurns(order === 'turns')}
        />
      )}
      <Problem>{problem}</Problem>
      <StartButton base={base} runs={planned} inTurns={plan.inTurns} problem={problem}>
        {planned.length === 1 ? 'Train this run' : `Train ${counted(planned.length, 'run')}`}
      </StartButton>
    </div>
  );
}
