import { deflateSync, inflateSync } from 'fflate';
import { fromBase64url, toBase64url } from '../../../engine/base64url';
import { different, merged } from '../../../store/difference';
import { readComparison, writtenComparison } from '../compare/files';
import type { Run } from '../record/run';
import { linkedBase, linkedRun } from './linkedRun';

/** Characters that a link may have, and those that every program leaves whole. */
export const longestComparison = 12_000;
export const shortComparison = 1500;
/** The most bytes that are inflated: such a link holds less. */
const MOST_BYTES = 1024 * 1024;

/** Points a curve, the most that a link takes first. */
const POINTS = [128, 96, 64, 48, 32, 24] as const;
/** The same where a link is long in any case. */
const LONG_POINTS = [32, 16] as const;

export interface ComparisonLink {
  address: string;
  /** Points of each curve at most. */
  points: number;
}

/**
 * The address of the view with these runs in it: with as many points a curve as keep it short, else with as many as keep
 * it whole. Null where no link can hold them: then a file does.
 */
export function comparisonLink(page: string, runs: readonly Run[]): ComparisonLink | null {
  const url = new URL(page);
  url.search = '';
  const withPoints = (points: number): ComparisonLink => {
    url.hash = `#/runs/1.${packed(runs.map((run) => linkedRun(run, points)))}`;
    return { address: url.href, points };
  };
  for (const points of POINTS) {
    const link = withPoints(points);
    if (link.address.length <= shortComparison) return link;
  }
  for (const points of LONG_POINTS) {
    const link = withPoints(points);
    if (link.address.length <= longestComparison) return link;
  }
  return null;
}

/** The runs that an address holds; null where it holds none. Throws an error that says why they cannot be read. */
export function readComparisonLink(page: string): Run[] | null {
  const [, text] = /^#\/runs\/(.+)$/.exec(new URL(page).hash) ?? [];
  if (text === undefined) return null;
  if (text.length > longestComparison)
    throw new Error(
      `it is ${text.length.toLocaleString('en')} characters long, and no link of this page is.`,
    );
  const [, version, body = ''] = /^(\d+)\.([\w-]*)$/.exec(text) ?? [];
  if (version !== undefined && Number(version) > 1)
    throw new Error('it was made by a newer version of this page. Reload the page to get that version.');
  return readComparison(writtenComparison(unpacked(version === undefined ? '' : body)));
}

function packed(runs: readonly Run[]): string {
  const least = runs.map((run) => different(linkedBase(), run));
  return toBase64url(deflateSync(new TextEncoder().encode(JSON.stringify(least)), { level: 9 }));
}

/** What a link says of its runs, which is yet to be checked. */
function unpacked(text: string): unknown[] {
  try {
    // What does not fit there is refused.
    const bytes = inflateSync(fromBase64url(text), { out: new Uint8Array(MOST_BYTES) });
    const least: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (Array.isArray(least)) return least.map((run) => merged(linkedBase(), run));
  } catch {
    // Said below.
  }
  throw new Error('it is damaged, perhaps cut off where it was copied.');
}
