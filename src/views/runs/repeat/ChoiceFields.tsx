import { Plus, X } from 'lucide-react';
import { SettingField } from '../../../panels/settings/SettingField';
import type { Setting } from '../../../settings/setting';
import { useStore } from '../../../store/store';
import { Button } from '../../../ui/controls/Button';
import { IconButton } from '../../../ui/controls/IconButton';
import { SelectField } from '../../../ui/controls/SelectField';
import { gridRows, MOST_VALUES } from './grid';
import { type Base, contextAt } from './planState';
import { planStore, usePlan } from './usePlan';

const NONE = 'none';

/** One setting of the grid, with a field for each of its values. */
export function ChoiceFields({ place, base }: { place: number; base: Base }) {
  const choice = usePlan((state) => state.choices[place]);
  const taken = usePlan((state) => state.choices[1 - place]?.path);
  const context = contextAt(base, useStore.getState());
  const { choose, setValue, addValue, removeValue } = planStore.getState();
  const name = place === 0 ? 'Setting' : 'Second setting';
  const options = Object.entries(gridRows)
    .filter(([path, row]) => path !== taken && row.shown?.(base.settings as never, context) !== false)
    .map(([path, { label }]) => ({ value: path, title: label }));
  const row = choice && (gridRows[choice.path] as Setting);
  return (
    <fieldset className="card stack gap-2">
      <legend className="note">{name}</legend>
      <SelectField
        label={place === 0 ? 'Setting to change' : 'Second setting to change'}
        value={choice?.path ?? NONE}
        options={place === 0 ? options : [{ value: NONE, title: 'None' }, ...options]}
        onChange={(path) => choose(place, path === NONE ? null : path)}
      />
      {row && (
        <div className="stack gap-2">
          {choice.values.map((value, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a value is its place.
            <div key={i} className="beside gap-1">
              <SettingField
                setting={{ ...row, label: `Value ${i + 1}`, fieldLabel: `Value ${i + 1}` }}
                label={place === 0 ? `Value ${i + 1}` : `Second value ${i + 1}`}
                value={value}
                context={context}
                explanation={undefined}
                onChange={(next) => setValue(place, i, next)}
                onDraft={() => {}}
              />
              {choice.values.length > 1 && (
                <IconButton
                  className="runs__remove"
                  label={`Remove value ${i + 1}`}
                  icon={X}
                  onClick={() => removeValue(place, i)}
                />
              )}
            </div>
          ))}
          {choice.values.length < MOST_VALUES && (
            <Button icon={Plus} onClick={() => addValue(place)}>
              Add a value
            </Button>
          )}
        </div>
      )}
    </fieldset>
  );
}
