import type { ImageSet } from '../imageSet';
import type { Labels } from '../labels';
import { namesLabels, namesOtherThanLabels, splitOfName, stemOf, subjectOf, wordsOf } from '../names';

/** Labels by the path of what holds them. */
export interface NamedLabels {
  name: string;
  labels: Labels;
  /** One-hot labels can be nothing else. */
  isCertain?: boolean;
}

/** More images than this have not all a class of their own. */
const FEW = 10;

/**
 * Gives sets of images the labels that have as many values: the likeliest pair first, each array of labels once. Train goes
 * with train and test with test, by the names of the files, where they name one. Returns the labels that were used.
 */
export function pairLabels(
  sets: readonly ImageSet[],
  labels: readonly NamedLabels[],
): ReadonlySet<NamedLabels> {
  const pairs = sets.flatMap((set) =>
    labels.flatMap((one) => {
      const score = scoreOf(set, one);
      return score === null ? [] : [{ set, one, score }];
    }),
  );
  pairs.sort((a, b) => b.score - a.score);
  const used = new Set<NamedLabels>();
  for (const { set, one } of pairs) {
    if (set.labels || used.has(one)) continue;
    set.labels = one.labels;
    used.add(one);
  }
  return used;
}

function scoreOf(set: ImageSet, { name, labels, isCertain = false }: NamedLabels): number | null {
  if (set.count !== labels.of.length) return null;
  const [ofSet, ofLabels] = [splitOf(set.name), splitOf(name)];
  if (ofSet !== null && ofLabels !== null && ofSet !== ofLabels) return null;
  const likelihood = isCertain ? 3 : likelihoodOf(name, labels);
  if (likelihood < 0) return null;
  const place = placeOf(set.name);
  const near = place === placeOf(name) ? 2 : placeOf(place) === placeOf(placeOf(name)) ? 1 : 0;
  const shared = (words: (name: string) => string[]) => {
    const mine = words(hintName(set.name));
    return words(hintName(name)).filter((word) => mine.includes(word)).length;
  };
  const numbers = (text: string) => wordsOf(text).filter((word) => /^\d+$/.test(word));
  const split = ofSet !== null && ofSet === ofLabels ? 2 : 0;
  return likelihood + 2 * near + split + 2 * Math.min(1, shared(subjectOf)) + Math.min(1, shared(numbers));
}

/** How much an array looks like classes: below 0 it is none. */
function likelihoodOf(name: string, { names, of }: Labels): number {
  const hint = hintName(name);
  const named = namesLabels(hint) ? 3 : namesOtherThanLabels(hint) ? -3 : 0;
  const allDifferent = names.length === of.length && of.length > FEW;
  const repeats = names.length <= of.length / 2 ? 1 : 0;
  return named + repeats + (allDifferent ? -3 : 0);
}

/** The folder or the archive that a path lies in. */
export function placeOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The words that speak of an array: its own, and those of the .npz that holds it. */
export function hintName(path: string): string {
  const place = placeOf(path);
  return /\.npz$/i.test(place) ? `${stemOf(place)} ${stemOf(path)}` : stemOf(path);
}

function splitOf(path: string): string | null {
  const place = placeOf(path);
  return splitOfName(path) ?? (/\.npz$/i.test(place) ? splitOfName(place) : null);
}
