import type { Run } from '../record/run';

/** The colours of runs, by the names that screen readers have for them. */
export const runColours = ['blue', 'orange', 'green', 'pink', 'ochre', 'grey'] as const;

/** Lengths of the strokes and gaps of a second, third … run of the same colour. */
const dashes = [[], [8, 4], [2, 3], [12, 3, 2, 3]] as const;

/** The colour of a run, as a name in tokens.css. */
export function colourToken(colour: number): string {
  return `--series-${1 + (colour % runColours.length)}`;
}

/** How the curve of one of several runs is drawn: no two look alike. */
export function lineOf(runs: readonly Run[], i: number) {
  const { facts } = runs[i] as Run;
  const before = runs.slice(0, i).filter((run) => run.facts.colour === facts.colour).length;
  return {
    label: facts.name,
    colorToken: colourToken(facts.colour),
    dash: dashes[before % dashes.length] as readonly number[],
  };
}
