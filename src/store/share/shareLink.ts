import * as v from 'valibot';
import { base, type SharedState, sharedState } from './sharedState';

/** Of the encoding: goes up when links of before can no longer be read by the same rules. */
const version = 1;
/** Characters that a link may have, several times as many as the longest that the page makes. */
const longest = 8000;

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
  if (Number(made) > version)
    return failed('it was made by a newer version of this page. Reload the page to get that version');
  try {
    const given = JSON.parse(fromBase64url(body));
    const parsed = v.safeParse(sharedState, merged(base, given));
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
  url.search = `?${parameter}=${version}.${toBase64url(JSON.stringify(different(base, state) ?? {}))}`;
  return url.href;
}

/** The address without the state. */
export function withoutLink(address: string): string {
  const url = new URL(address);
  url.searchParams.delete(parameter);
  return url.href;
}

type Json = Record<string, unknown>;

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields of `value` that are not as in `from`; undefined for none. */
function different(from: unknown, value: unknown): unknown {
  if (!isRecord(value) || !isRecord(from))
    return JSON.stringify(from) === JSON.stringify(value) ? undefined : value;
  const fields = Object.entries(value)
    .map(([name, field]) => [name, different(from[name], field)] as const)
    .filter(([, field]) => field !== undefined);
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}

/** `from` with the fields of `value` in their places. */
function merged(from: unknown, value: unknown): unknown {
  if (!isRecord(from) || !isRecord(value)) return value;
  const fields = Object.entries(value).map(([name, field]) => [name, merged(from[name], field)]);
  return { ...from, ...Object.fromEntries(fields) };
}

function toBase64url(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64url(text: string): string {
  const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder('utf-8', { fatal: true }).decode(
    Uint8Array.from(bytes, (character) => character.charCodeAt(0)),
  );
}
