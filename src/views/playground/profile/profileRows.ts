import type { KernelKind } from '../../../engine/measure/kernelKind';
import type { StepProfile } from '../../../engine/measure/profile';

/** One line of the profile: a kind of kernel, or the time outside of all. */
export interface ProfileRow {
  name: string;
  /** Products of matrices are bound by arithmetic, passes over elements by memory; the rest is neither. */
  bound: 'arithmetic' | 'memory' | 'none';
  milliseconds: number;
  /** Of the whole step, 0 … 1. */
  share: number;
  dispatches: number | null;
  /** "47.1 GFLOP/s" for products, "3.2 GB/s" for passes. */
  rate: string;
  /** Of the measured peak, 0 … 1; null for what is no product. */
  shareOfPeak: number | null;
}

const names: Record<KernelKind, string> = {
  convolution: 'Convolutions',
  'convolution input gradient': 'Convolutions, gradient of the input',
  'convolution weight gradient': 'Convolutions, gradient of the weights',
  'matrix product': 'Matrix products',
  'group norm': 'Group norm',
  'group norm gradient': 'Group norm, gradient',
  attention: 'Attention',
  'attention gradient': 'Attention, gradient',
  'Adam and EMA': 'Adam and EMA',
  other: 'Other kernels',
};

/** The lines of a profile, the longest first, and last the time that no kernel accounts for. */
export function profileRows({ kinds, milliseconds, restMilliseconds, peak }: StepProfile): ProfileRow[] {
  // Where kernels run by themselves are slower than among others, they take more than the step.
  const whole = Math.max(
    milliseconds,
    kinds.reduce((sum, kind) => sum + kind.milliseconds, 0),
  );
  const rows = kinds.map((kind): ProfileRow => {
    const seconds = kind.milliseconds / 1000;
    const product = kind.gflop > 0;
    const speed = product ? kind.gflop / seconds : kind.bytesMoved / 1e9 / seconds;
    return {
      name: names[kind.kind],
      bound: product ? 'arithmetic' : 'memory',
      milliseconds: kind.milliseconds,
      share: kind.milliseconds / whole,
      dispatches: kind.dispatches,
      rate: seconds > 0 ? `${speed.toPrecision(3)} ${product ? 'GFLOP/s' : 'GB/s'}` : '',
      shareOfPeak: product && seconds > 0 ? speed / peak.gflops : null,
    };
  });
  rows.push({
    name: 'Outside kernels',
    bound: 'none',
    milliseconds: restMilliseconds,
    share: restMilliseconds / whole,
    dispatches: null,
    rate: '',
    shareOfPeak: null,
  });
  return rows;
}
