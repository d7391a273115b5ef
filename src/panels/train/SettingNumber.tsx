import type { ComponentProps } from 'react';
import { type SettingField, settingTitles } from '../../store/settings';
import { useStore } from '../../store/store';
import { NumberField } from '../../ui/controls/NumberField';
import { explanations } from './explanations';
import { useSettingsProblems } from './useSettingsProblems';

interface SettingNumberProps
  extends Omit<ComponentProps<typeof NumberField>, 'label' | 'explanation' | 'problem' | 'onDraft'> {
  field: SettingField;
}

/** A number of the settings: what is wrong with it is said below, and keeps training from starting. */
export function SettingNumber({ field, ...rest }: SettingNumberProps) {
  const problem = useSettingsProblems()[field];
  return (
    <NumberField
      label={settingTitles[field]}
      explanation={explanations[field]}
      problem={problem}
      onDraft={(message) => useStore.getState().noteDraft(field, message)}
      {...rest}
    />
  );
}
