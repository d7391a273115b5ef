import { Pencil, Pin, PinOff, Trash2, TriangleAlert } from 'lucide-react';
import { type CSSProperties, useState } from 'react';
import { IconButton } from '../../../ui/controls/IconButton';
import { NameField } from '../../../ui/controls/NameField';
import { Toggle } from '../../../ui/controls/Toggle';
import { colourToken, runColours } from '../compare/lines';
import type { RunFacts } from '../record/run';
import type { KeptRun } from '../storage/runStorage';
import { runsStore, useRuns } from '../useRuns';
import { RunBranches } from './RunBranches';
import { RunSummary } from './RunSummary';

/** One run: whether it is compared, what it is, and what can be done with it. */
export function RunItem({ run }: { run: KeptRun }) {
  const { id, name, facts, damage } = run;
  const [renaming, setRenaming] = useState(false);
  const compared = useRuns((state) => state.compared.includes(id));
  const { compare, change, remove } = runsStore.getState();
  const sound = facts !== null && damage === undefined;
  return (
    <li className="card stack gap-2" data-step={facts?.step}>
      <div className="runs__head row">
        {sound && (
          <Toggle label={`Compare ${name}`} checked={compared} onChange={(on) => void compare(id, on)} />
        )}
        {sound && <ColourButton facts={facts} />}
        {renaming ? (
          <NameField
            name={name}
            onName={(next) => runsStore.getState().rename(id, next)}
            onDone={() => setRenaming(false)}
          />
        ) : (
          <b className="runs__name grow">{name}</b>
        )}
        <div className="row gap-1">
          {sound && (
            <>
              <IconButton
                label={facts.pinned ? `Unpin ${name}` : `Pin ${name}`}
                aria-pressed={facts.pinned}
                icon={facts.pinned ? PinOff : Pin}
                onClick={() => void change(id, { pinned: !facts.pinned })}
              />
              <IconButton label={`Rename ${name}`} icon={Pencil} onClick={() => setRenaming(true)} />
            </>
          )}
          <IconButton label={`Delete ${name}`} icon={Trash2} onClick={() => void remove(id)} />
        </div>
      </div>
      {damage !== undefined && (
        <p className="problem">
          <TriangleAlert size={14} aria-hidden /> Damaged and set aside: {damage}.
        </p>
      )}
      {sound && <RunSummary facts={facts} />}
      {sound && <RunBranches run={run} facts={facts} />}
    </li>
  );
}

/** The colour of its curves; another one at each press. */
function ColourButton({ facts: { id, name, colour } }: { facts: RunFacts }) {
  const next = (colour + 1) % runColours.length;
  return (
    <IconButton
      className="runs__colour"
      label={`Colour of ${name}: ${runColours[colour]}. Change to ${runColours[next]}`}
      onClick={() => void runsStore.getState().change(id, { colour: next })}
    >
      <span className="runs__dot" style={{ '--colour': `var(${colourToken(colour)})` } as CSSProperties} />
    </IconButton>
  );
}
