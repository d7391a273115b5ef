import type { ReactNode } from 'react';
import type { SettingGroup } from '../../settings/group';
import { at, type Patch } from '../../settings/path';
import { useStore } from '../../store/store';
import { type Appearance, SettingField } from './SettingField';
import { useSettingContext, useValues } from './useSettings';

interface FieldProps<Path extends string> extends Appearance {
  /** Path of the setting in its group. */
  of: Path;
  /** T, where that is not the one of the model that is asked. */
  nSteps?: number;
  /** Called with the new value, after it has been set. */
  onSet?: () => void;
}

interface GroupFieldProps<Values extends object, Path extends string> extends FieldProps<Path> {
  group: SettingGroup<Values>;
  help: Readonly<Record<string, ReactNode>>;
}

function GroupField<Values extends object, Path extends string>(props: GroupFieldProps<Values, Path>) {
  const { group, help, of, nSteps, onSet, ...appearance } = props;
  const values = useValues(group);
  const context = useSettingContext(nSteps);
  const row = group.rows[of];
  if (!row || row.shown?.(values as never, context) === false) return null;
  const { set, noteDraft } = useStore.getState();
  return (
    <SettingField
      setting={row}
      value={at(values, of)}
      context={context}
      explanation={help[of]}
      onChange={(value) => {
        set(group, { [of]: value } as Patch<Values>);
        onSet?.();
      }}
      onDraft={(problem) => noteDraft(group as SettingGroup, of, problem)}
      {...appearance}
    />
  );
}

/**
 * The controls of a group's settings: `<Field of="eta" />` draws what the row says. `help` has a text for every row; the
 * compiler keeps it complete.
 */
export function fieldsOf<Values extends object, Path extends string>(
  group: SettingGroup<Values> & { rows: Readonly<Record<Path, unknown>> },
  help: Readonly<Record<Path, ReactNode>>,
) {
  return (props: FieldProps<Path>) => <GroupField group={group} help={help} {...props} />;
}
