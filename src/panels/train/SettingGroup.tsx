import type { ReactNode } from 'react';

interface SettingGroupProps {
  title: string;
  /** When a change of these takes effect. */
  when: string;
  children: ReactNode;
}

/** Settings that belong together, with the moment at which they are heeded. */
export function SettingGroup({ title, when, children }: SettingGroupProps) {
  return (
    <fieldset className="setting-group">
      <legend className="setting-group__title">
        {title} <small>{when}</small>
      </legend>
      {children}
    </fieldset>
  );
}
