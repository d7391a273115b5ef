import { useState } from 'react';
import type { MissingConfig } from '../../engine/checkpoint/stateDictFile';
import { objectives } from '../../engine/diffusion/objectives/objectives';
import { schedules } from '../../engine/diffusion/schedules/schedules';
import { configProblems } from '../../engine/unet/config';
import { useStore } from '../../store/store';
import { Button } from '../../ui/controls/Button';
import { NumberField } from '../../ui/controls/NumberField';
import { Problem } from '../../ui/controls/Problem';
import { type Option, SelectField } from '../../ui/controls/SelectField';
import { explanations } from './explanations';
import { firstGuess } from './firstGuess';
import type { WaitingFile } from './store';
import { modelsStore, useModels } from './useModels';

/** Asks for what the shapes of a state dict do not tell. */
export function MissingFields({ waiting }: { waiting: WaitingFile }) {
  const { name, inferred } = waiting;
  const onPage = useStore((state) => state.values.settings.model);
  const [missing, setMissing] = useState<MissingConfig>(() => firstGuess(inferred, onPage));
  const [drafts, setDrafts] = useState<Record<string, string | null>>({});
  const busy = useModels((state) => state.busy);
  const problem = configProblems({ ...inferred, ...missing })[0]?.message ?? null;
  const drafting = Object.values(drafts).some((draft) => draft !== null);
  const change = (changes: Partial<MissingConfig>) => setMissing({ ...missing, ...changes });
  const number = (field: NumberKey, label: string, min: number, max: number) => (
    <NumberField
      label={label}
      explanation={numberExplanations[field]}
      value={missing[field]}
      min={min}
      max={max}
      integer
      onCommit={(value) => change({ [field]: value })}
      onDraft={(draft) => setDrafts((before) => ({ ...before, [field]: draft }))}
    />
  );
  const { completeImport } = modelsStore.getState();
  return (
    <form
      className="card stack gap-3"
      aria-label={`What ${name} does not tell`}
      onSubmit={(event) => {
        event.preventDefault();
        void completeImport(missing);
      }}
    >
      <p>
        “{name}” has no config. Its shapes tell: <Inferred waiting={waiting} />. What they do not tell:
      </p>
      <div className="fields">
        {number('imageSize', 'Image size', 1, 256)}
        {number('nSteps', 'Diffusion steps', 2, 10_000)}
        <SelectField
          label="Schedule"
          value={missing.schedule}
          options={optionsOf(schedules)}
          onChange={(schedule) => change({ schedule })}
        />
        <SelectField
          label="Prediction"
          value={missing.objective}
          options={optionsOf(objectives)}
          onChange={(objective) => change({ objective })}
        />
        {number('nGroups', 'Groups', 1, 256)}
        {number('nFinalGroups', 'Final groups', 1, 256)}
      </div>
      <Problem>{problem}</Problem>
      <div className="row">
        <Button variant="primary" type="submit" disabled={problem !== null || drafting || busy !== null}>
          Open the model
        </Button>
        <Button onClick={() => void completeImport(null)}>Cancel</Button>
      </div>
    </form>
  );
}

type NumberKey = 'imageSize' | 'nSteps' | 'nGroups' | 'nFinalGroups';

const numberExplanations: Partial<Record<NumberKey, React.ReactNode>> = {
  imageSize: explanations.imageSize,
  nGroups: explanations.groups,
};

function Inferred({ waiting: { inferred } }: { waiting: WaitingFile }) {
  const { imageChannels, nChannels, chMults, isAttn, nBlocks, nClasses } = inferred;
  const attention = isAttn.flatMap((attends, level) => (attends ? [level + 1] : []));
  return (
    <>
      {imageChannels === 3 ? 'RGB' : imageChannels === 1 ? 'grey' : `${imageChannels} channels`}, {nChannels}{' '}
      channels times {chMults.join(', ')}, {nBlocks} {nBlocks === 1 ? 'block' : 'blocks'} a level, attention
      at {attention.length > 0 ? `level ${attention.join(', ')}` : 'no level'}
      {nClasses > 0 && `, ${nClasses} classes`}
    </>
  );
}

function optionsOf(table: Record<string, { title: string; description: string }>): Option[] {
  return Object.entries(table).map(([value, { title, description }]) => ({ value, title, description }));
}
