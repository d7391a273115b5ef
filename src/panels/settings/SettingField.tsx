import type { ReactNode } from 'react';
import type {
  ChoiceSetting,
  NumberSetting,
  Setting,
  SettingContext,
  SwitchSetting,
} from '../../settings/setting';
import { NumberField } from '../../ui/controls/NumberField';
import { SeedField } from '../../ui/controls/SeedField';
import { Segmented } from '../../ui/controls/Segmented';
import { SelectField } from '../../ui/controls/SelectField';
import { SliderField } from '../../ui/controls/SliderField';
import { SwitchField } from '../../ui/controls/SwitchField';

/** How a setting looks, where that is not as its kind does by itself. */
export interface Appearance {
  as?: 'slider' | 'segmented' | 'seed';
  label?: string;
  labelHidden?: boolean;
  disabled?: boolean;
  /** What is wrong, where more than the row decides. */
  problem?: string | undefined;
  /** What a step of a slider is. */
  step?: number;
  /** Of a seed: what the die says, and the seed that it gives. */
  dieLabel?: string;
  roll?: () => number;
}

interface SettingFieldProps extends Appearance {
  setting: Setting;
  value: unknown;
  context: SettingContext;
  explanation: ReactNode;
  onChange: (value: unknown) => void;
  onDraft: (problem: string | null) => void;
}

/** The control of one setting, by its kind. */
export function SettingField(props: SettingFieldProps) {
  const { setting } = props;
  if (setting.kind === 'number')
    return <NumberSettingField {...props} setting={setting as NumberSetting<never>} />;
  if (setting.kind === 'choice') return <ChoiceField {...props} setting={setting as ChoiceSetting<never>} />;
  if (setting.kind === 'switch') return <ToggleField {...props} setting={setting as SwitchSetting<never>} />;
  return null;
}

function nameOf({ setting, label, explanation, disabled }: SettingFieldProps) {
  return {
    label: label ?? setting.fieldLabel ?? setting.label,
    symbol: setting.symbol,
    explanation,
    disabled: disabled ?? false,
  };
}

function NumberSettingField(props: SettingFieldProps & { setting: NumberSetting<never> }) {
  const { setting, value, context, as, onChange, onDraft } = props;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = setting.limits(context);
  const shown = setting.toNumber(value as never, context);
  const change = (next: number) => onChange(setting.fromNumber(next, context));
  if (as === 'slider') {
    const { format, stops } = setting;
    const step = stops ? Math.max(1, Math.round((max - min) / stops)) : (props.step ?? setting.step);
    return (
      <SliderField
        {...nameOf(props)}
        value={shown}
        {...{ min, max, step, ...(format && { format: (value: number) => format(value, context) }) }}
        onChange={change}
      />
    );
  }
  if (as === 'seed') {
    const { dieLabel, roll } = props;
    return (
      <SeedField
        seed={shown}
        explanation={props.explanation}
        onChange={change}
        {...{ ...(dieLabel && { dieLabel }), ...(roll && { roll }) }}
      />
    );
  }
  return (
    <NumberField
      {...nameOf(props)}
      value={shown}
      {...{ min, max, step: setting.step, integer: setting.integer }}
      problem={props.problem ?? setting.problem(value as never, context) ?? undefined}
      onCommit={change}
      onDraft={onDraft}
    />
  );
}

function ChoiceField(props: SettingFieldProps & { setting: ChoiceSetting<never> }) {
  const { setting, value, context, as, labelHidden = false, onChange } = props;
  const { choices, other, without } = setting;
  const chosen = String(value ?? without);
  const offered = Object.entries(choices).filter(
    ([id]) => id === chosen || (setting.offered?.(id, context) ?? true),
  );
  const options = offered.map(([id, { title, description }]) => ({
    value: id,
    title,
    ...(description !== undefined && { description }),
  }));
  if (other && !Object.hasOwn(choices, chosen)) options.push({ value: chosen, ...other } as never);
  if (as !== 'segmented')
    return <SelectField {...nameOf(props)} value={chosen} options={options} onChange={onChange} />;
  return (
    <Segmented
      {...nameOf(props)}
      labelHidden={labelHidden}
      value={chosen}
      options={options}
      onChange={onChange}
    />
  );
}

function ToggleField(props: SettingFieldProps & { setting: SwitchSetting<never> }) {
  const { setting, value, context, onChange } = props;
  return (
    <SwitchField
      {...nameOf(props)}
      checked={setting.toSwitch(value as never)}
      onChange={(on) => onChange(setting.fromSwitch(on, context))}
    />
  );
}
