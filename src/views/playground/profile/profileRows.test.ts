import { describe, expect, test } from 'vitest';
import type { StepProfile } from '../../../engine/measure/profile';
import { profileRows } from './profileRows';

const profile: StepProfile = {
  batchSize: 16,
  milliseconds: 100,
  kinds: [
    { kind: 'convolution', milliseconds: 60, dispatches: 20, gflop: 3, bytesMoved: 1e6 },
    { kind: 'group norm', milliseconds: 10, dispatches: 5, gflop: 0, bytesMoved: 5e7 },
  ],
  restMilliseconds: 30,
  dispatches: 25,
  tensors: 8,
  bytes: 1000,
  peakBytes: 2000,
  gflop: 3,
  peak: { gflops: 100, kernel: 'ours', size: 1024 },
  shareOfPeak: 0.3,
};

describe('profileRows', () => {
  test('gives shares of the step, rates, and the peak where there are products', () => {
    const [convolution, norm, outside] = profileRows(profile);
    expect(convolution).toMatchObject({
      bound: 'arithmetic',
      share: 0.6,
      rate: '50.0 GFLOP/s',
      shareOfPeak: 0.5,
    });
    expect(norm).toMatchObject({ bound: 'memory', share: 0.1, rate: '5.00 GB/s', shareOfPeak: null });
    expect(outside).toMatchObject({ bound: 'none', milliseconds: 30, share: 0.3, dispatches: null });
  });

  test('never fills more than the whole, where kernels by themselves took longer than the step', () => {
    const rows = profileRows({ ...profile, milliseconds: 35, restMilliseconds: 0 });
    expect(rows.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });
});
