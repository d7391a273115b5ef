import type { LossHistory } from '../../../store/lossHistory';
import type { HeldOutLoss } from '../../../worker/model';

/**
 * The loss history as CSV, a row a step from the first whose loss was kept; empty where no loss is known, and where no held-out
 * loss was measured.
 */
export function lossCsv(
  { before, raw }: Pick<LossHistory, 'before' | 'raw'>,
  heldOut: readonly HeldOutLoss[],
): string {
  const measured = new Map(heldOut.map(({ step, loss }) => [step, loss]));
  const text = (loss: number | undefined) => (Number.isFinite(loss) ? String(loss) : '');
  const rows = Array.from(raw, (loss, i) => {
    const step = before + i + 1;
    return `${step},${text(loss)},${text(measured.get(step))}`;
  });
  return `${['step,loss,held_out_loss', ...rows].join('\n')}\n`;
}
