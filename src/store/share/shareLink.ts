import * as v from 'valibot';
import { fromBase64url, toBase64url } from '../../engine/base64url';
import { different, merged } from '../difference';
import { linkBase, linkSchema, type SharedState } from './sharedState';

/**
 * What a page must know to read a link: 1 the playground, 2 the settings of the views as well. A link says the least that its
 * content needs, so that older pages go on to read what they can show; all of before are read by the same rules.
 */
const versions = { playground: 1, views: 2 };
/** Characters that a link may have: the longest that the page makes has two thirds as many, a thousand drawn points included. */
const longest = 12_000;
/** Some programs cut longer ones. */
const longestWithImages = 1500;

const parameter = 's';

/** What the address asks the page to show. */
export type OpenedLink =
  | { shared: SharedState; problem: null }
  | { shared: null; problem: string }
  /** It names nothing. */
  | { shared: null; problem: null };

/** The state that an address holds in `?s=`, or why it cannot be read, for the user. */
export function readLink(address: string): OpenedLink {
  const text = new URL(address).searchParams.get(parameter);
  if (text === null) return { shared: null, problem: null };
  const failed = (why: string) => ({
    shared: null,
    problem: `This link cannot be opened: ${why}. The page shows your own settings instead; ask for the link again.`,
  });
  if (text.length > longest)
    return failed(`it is ${text.length.toLocaleString('en')} characters long, and no link of this page is`);
  const [, made, body = ''] = /^(\d+)\.([\w-]*)$/.exec(text) ?? [];
  if (made === undefined) return failed('it is damaged, perhaps cut off where it was copied');
  if (Number(made) > versions.views)
    return failed('it was made by a newer version of this page. Reload the page to get that version');
  try {
    const given = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(fromBase64url(body)));
    const parsed = v.safeParse(linkSchema(), merged(linkBase(), given));
    if (parsed.success) return { shared: parsed.output, problem: null };
    const [issue] = parsed.issues;
    return failed(`its ${v.getDotPath(issue) ?? 'content'} is nothing that this page knows`);
  } catch {
    return failed('it is damaged, perhaps cut off where it was copied');
  }
}

/** The address of the page with a state in it; its view stays, every other question goes. */
export function linkTo(address: string, state: SharedState): string {
  const url = new URL(address);
  const content = (different(linkBase(), state) ?? {}) as Partial<SharedState>;
  const version = content.views ? versions.views : versions.playground;
  url.search = `?${parameter}=${version}.${toBase64url(new TextEncoder().encode(JSON.stringify(content)))}`;
  return url.href;
}

/** Parts of a link that are left out of one that would be too long, in the order in which they are put in. */
const longParts = ['masked', 'drawing'] as const;

/** The same without those of the edit view's images that make the link longer than `longestWithImages`; and which those are. */
export function shortLinkTo(address: string, state: SharedState) {
  const edited = state.views.edited as Record<string, unknown> | undefined;
  const none = linkBase().views.edited;
  const leftOut: (typeof longParts)[number][] = [];
  const withImages = (images: object): SharedState => ({
    ...state,
    views: { ...state.views, edited: { ...none, ...images } },
  });
  let [images, link] = [{}, linkTo(address, withImages({}))];
  for (const part of longParts) {
    if (!edited?.[part]) continue;
    const more = { ...images, [part]: edited[part] };
    const longer = linkTo(address, withImages(more));
    if (longer.length > longestWithImages) leftOut.push(part);
    else [images, link] = [more, longer];
  }
  return { link, leftOut };
}

/** The address without the state. */
export function withoutLink(address: string): string {
  const url = new URL(address);
  url.searchParams.delete(parameter);
  return url.href;
}
