import type { HeldOutLoss } from '../../worker/protocol';

/** The loss history as CSV, a row a step (from 1); empty where no loss is known, and where no held-out loss was measured. */
export function lossCsv(losses: Float32Array, heldOut: readonly HeldOutLoss[]): string {
  const measured = new Map(heldOut.map(({ step, loss }) => [step, loss]));
  const text = (loss: number | undefined) => (Number.isFinite(loss) ? String(loss) : '');
  const rows = Array.from(losses, (loss, i) => `${i + 1},${text(loss)},${text(measured.get(i + 1))}`);
  return `${['step,loss,held_out_loss', ...rows].join('\n')}\n`;
}
