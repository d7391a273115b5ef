/** The jobs that the compiled module exports: see assembly/job.ts. */
export const JOBS = [
  'adamEma',
  'add',
  'attention',
  'attentionGradient',
  'combine',
  'convolve',
  'groupNorm',
  'groupNormGradient',
  'hybridError',
  'joinChannels',
  'kernelGradient',
  'packPanels',
  'packWinograd',
  'pixelSum',
  'silu',
  'siluGradient',
  'splitChannels',
  'squaredError',
  'winograd',
  'winogradKernelGradient',
  'winogradProducts',
  'winogradTiles',
] as const;
export type JobName = (typeof JOBS)[number];

/** Runs units 0 … units−1 of a job, on one thread or several, and returns when all are done. */
export interface JobRunner {
  readonly threads: number;
  run(name: JobName, units: number, job: number, scratch: number, scratchStride: number): void;
}
