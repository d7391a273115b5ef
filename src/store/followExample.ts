import type { StoreApi } from 'zustand';
import type { SettingGroup } from '../settings/group';
import { at } from '../settings/path';
import { type ValuesSlice, valuesOf } from './valuesSlice';

/** A group of a view that has an example or a t of its own, by the paths of its settings. */
export interface ExampleFollower {
  group: SettingGroup;
  image?: string;
  t?: string;
  /** The smallest t of the view. */
  least?: number;
}

type Needs = ValuesSlice & { share?: { opened: { forward: object } | null } };

/**
 * Takes the page's example and t over into the views: where one still has what the page had, or its default. A view with a value of
 * its own keeps it, and so does what a link brought.
 */
export function followExample(store: StoreApi<Needs>, followers: readonly ExampleFollower[]): () => void {
  return store.subscribe((state, before) => {
    const [now, was] = [state.values.forward, before.values.forward];
    if (now === was || isOfLink(state)) return;
    for (const { group, image, t, least = 0 } of followers) {
      const patch: Record<string, number> = {};
      const follow = (path: string | undefined, next: number, last: number) => {
        if (path === undefined || next === last) return;
        const own = at(valuesOf(state, group), path);
        if (own === last || own === at(group.defaults, path)) patch[path] = next;
      };
      follow(image, now.exampleIndex, was.exampleIndex);
      follow(t, Math.max(least, now.t), Math.max(least, was.t));
      if (Object.keys(patch).length > 0) state.put(group, patch as never);
    }
  });
}

/** Whether the example is the one that a link has just brought, with the values of its views. */
function isOfLink({ share, values }: Needs): boolean {
  return share?.opened != null && JSON.stringify(share.opened.forward) === JSON.stringify(values.forward);
}
