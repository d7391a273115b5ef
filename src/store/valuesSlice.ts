import type { StateCreator } from 'zustand';
import type { SettingGroup } from '../settings/group';
import type { ForwardChoices } from '../settings/groups/forward';
import type { dataGroup, originGroup, shownGroup } from '../settings/groups/page';
import type { SamplingChoices } from '../settings/groups/sampling';
import { at, type Patch, patched } from '../settings/path';
import type { Settings } from '../settings/settings';

export type ValuesOf<Group> = Group extends SettingGroup<infer Values> ? Values : never;

/** Values by the id of their group; those of views stand beside those of the core. */
export interface PageValues {
  data: ValuesOf<typeof dataGroup>;
  settings: Settings;
  shown: ValuesOf<typeof shownGroup>;
  forward: ForwardChoices;
  sampling: SamplingChoices;
  origin: ValuesOf<typeof originGroup>;
  [group: string]: object;
}

/** New values of one group, by path. */
export interface GroupPatch {
  group: SettingGroup;
  patch: Readonly<Record<string, unknown>>;
}

/** A setting that is another one than before. */
export interface Change {
  group: SettingGroup;
  path: string;
  before: unknown;
  after: unknown;
}

/** What listens to the user's changes, to take them back. */
export interface ChangeListener {
  record(changes: readonly Change[], title: string | undefined): void;
  /** The settings are someone else's from now on. */
  beginAnew(): void;
}

export interface ValuesSlice {
  values: PageValues;
  /** What is typed but not valid: a message by group.path; the value before stays in use. */
  drafts: Readonly<Record<string, string>>;
  listener: ChangeListener | null;
  /** The user's change of some settings of a group, with what they bring along: one entry of the history. */
  set<Values extends object>(group: SettingGroup<Values>, patch: Patch<Values>, title?: string): void;
  /** The same for several groups. */
  change(patches: readonly GroupPatch[], title?: string): void;
  /** Values that are no choice of the user's: they cannot be taken back. */
  put<Values extends object>(group: SettingGroup<Values>, patch: Patch<Values>): void;
  noteDraft(group: SettingGroup, path: string, problem: string | null): void;
}

/** The values of a group, its defaults before any were set. */
export function valuesOf<Values extends object>(
  { values }: Pick<ValuesSlice, 'values'>,
  group: SettingGroup<Values>,
): Values {
  return (values[group.id] ?? group.defaults) as Values;
}

/** Every setting of the page; `values` begins with what the core's groups have. */
export function createValuesSlice(values: PageValues): StateCreator<ValuesSlice, [], [], ValuesSlice> {
  return (set, get) => {
    const apply = ({ group, patch }: GroupPatch) => {
      const before = valuesOf(get(), group);
      const after = patched(before, patch);
      if (after !== before) set({ values: { ...get().values, [group.id]: after } });
    };
    return {
      values,
      drafts: {},
      listener: null,

      set(group, patch, title) {
        get().change([{ group: group as SettingGroup, patch }], title);
      },

      change(patches, title) {
        const full = patches.map((one) => withBrought(one, valuesOf(get(), one.group)));
        const changes = full.flatMap(({ group, patch }) => changesOf(group, valuesOf(get(), group), patch));
        for (const one of full) apply(one);
        if (changes.length > 0) get().listener?.record(changes, title);
      },

      put(group, patch) {
        apply({ group: group as SettingGroup, patch });
      },

      noteDraft({ id }, path, problem) {
        const { [`${id}.${path}`]: noted, ...others } = get().drafts;
        if ((noted ?? null) === problem) return;
        set({ drafts: problem === null ? others : { ...others, [`${id}.${path}`]: problem } });
      },
    };
  };
}

function withBrought({ group, patch }: GroupPatch, values: object): GroupPatch {
  const brought = Object.entries(patch).map(([path, value]) => {
    const row = group.rows[path];
    return row?.brings && value !== at(values, path) ? row.brings(value, values as never) : {};
  });
  return { group, patch: Object.assign({}, ...brought, patch) };
}

function changesOf(group: SettingGroup, values: object, patch: GroupPatch['patch']): Change[] {
  return Object.entries(patch).flatMap(([path, after]) => {
    const before = at(values, path);
    return before === after ? [] : [{ group, path, before, after }];
  });
}
