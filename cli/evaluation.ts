import { MEMORISED_SHARE, NEIGHBOURS } from '../src/engine/quality/definitions';
import type { Evaluation } from '../src/engine/quality/evaluateSamples';
import type { Measures } from '../src/engine/quality/metrics';
import { memorisedShare } from '../src/engine/quality/qualityPoint';
import type { BoundFacts } from './bound';

/** The numbers of a evaluation, without its images. */
export function evaluationFacts(evaluation: Evaluation) {
  const { features, distances, novelty, trainingLoss, heldOutLoss, sawHeldOut } = evaluation;
  return {
    features,
    k: NEIGHBOURS,
    nearest: { distances: [...distances], threshold: novelty.threshold },
    memorised: memorisedShare(distances, novelty.threshold),
    trainingLoss,
    heldOutLoss,
    sawHeldOut,
  };
}

/** The numbers as a table, a line each. */
export function evaluationText(evaluation: Evaluation, bound: BoundFacts | null, title: string): string {
  const { features, distances, novelty, trainingLoss, heldOutLoss, sawHeldOut } = evaluation;
  const lines = [title, row('', 'real', 'samples', 'noise')];
  const measure = (name: string, of: keyof Measures, format: (value: number) => string) => {
    if (!features) return;
    const { floor, model, ceiling } = features;
    lines.push(row(name, format(floor[of]), format(model[of]), format(ceiling[of])));
  };
  measure('Fréchet distance', 'frechet', (value) => value.toFixed(2));
  measure(`precision, k = ${NEIGHBOURS}`, 'precision', percent);
  measure(`recall, k = ${NEIGHBOURS}`, 'recall', percent);
  const memorised = memorisedShare(distances, novelty.threshold);
  lines.push(
    row(`nearer than ${novelty.threshold.toFixed(4)}`, percent(MEMORISED_SHARE), percent(memorised), ''),
    row('loss, training images', '', trainingLoss.toFixed(4), ''),
    row('loss, held-out images', '', heldOutLoss.toFixed(4), ''),
  );
  if (bound)
    lines.push(row(`bound, bits a dimension`, '', bound.bits.toFixed(3), `±${bound.error.toFixed(3)}`));
  if (!features)
    lines.push('  No network has learned these images: no Fréchet distance, precision and recall.');
  if (sawHeldOut) lines.push('  The model learned from the held-out images too, or its file does not say.');
  return lines.join('\n');
}

function row(name: string, ...cells: string[]): string {
  return `  ${name}`.padEnd(28) + cells.map((cell) => cell.padStart(10)).join('');
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}
