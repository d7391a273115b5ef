import type { StepProfile } from '../src/engine/measure/profile';
import type { HealthPoint } from './health';
import type { IssuePoint } from './issue';
import type { MemoryPoint } from './memory';
import type { BenchRow } from './row';
import type { ScaleSeries } from './scale';
import { table } from './table';

export type Format = 'table' | 'markdown';

/** What was measured, one line a program on a backend, and under it what it was measured on. */
export function printRows(config: string, rows: BenchRow[], format: Format): string {
  const header = [
    'program',
    'train step',
    'quartiles',
    'forward',
    'quartiles',
    'dispatches',
    'forward',
    'tensors',
    'live',
    'at most',
    'ours is',
  ];
  const [first] = rows as [BenchRow];
  const title = `${config}: ${first.parameters.toLocaleString('en')} parameters, batch ${first.batchSize}; median milliseconds`;
  const lines = rows.flatMap((row) => linesOf(row));
  return `${title}\n\n${table(header, lines, format)}\n\n${rows.map(noteOf).join('\n')}\n`;
}

function linesOf(row: BenchRow): string[][] {
  const lines = [
    [
      `${row.backend}, ${row.fused ? 'ours' : 'stock tfjs'}`,
      milliseconds(row.trainStepMs),
      quartiles(row.trainStepQuartilesMs),
      milliseconds(row.forwardMs),
      quartiles(row.forwardQuartilesMs),
      String(row.dispatchesPerTrainStep),
      String(row.dispatchesPerForward),
      String(row.tensors),
      megabytes(row.bytes),
      megabytes(row.peakBytes),
      '',
    ],
  ];
  const { stockTrainStepMs, stockForwardMs, torchTrainStepMs, torchForwardMs } = row;
  const timesOurs = (trainStep: number) => `${(trainStep / row.trainStepMs).toFixed(2)}× as fast`;
  if (row.fused && stockTrainStepMs !== null && stockForwardMs !== null) {
    lines.push([
      `${row.backend}, stock tfjs`,
      milliseconds(stockTrainStepMs),
      quartiles(row.stockTrainStepQuartilesMs),
      milliseconds(stockForwardMs),
      quartiles(row.stockForwardQuartilesMs),
      String(row.stockDispatchesPerTrainStep),
      String(row.stockDispatchesPerForward),
      String(row.tensors),
      megabytes(row.bytes),
      megabytes(row.stockPeakBytes ?? 0),
      timesOurs(stockTrainStepMs),
    ]);
  }
  if (torchTrainStepMs !== null && torchForwardMs !== null) {
    lines.push([
      `PyTorch, ${row.torchDevice}`,
      milliseconds(torchTrainStepMs),
      quartiles(row.torchTrainStepQuartilesMs),
      milliseconds(torchForwardMs),
      quartiles(row.torchForwardQuartilesMs),
      ...['', '', '', '', ''],
      timesOurs(torchTrainStepMs),
    ]);
  }
  return lines;
}

function noteOf(row: BenchRow): string {
  const threads = `${row.threads} thread${row.threads === 1 ? '' : 's'}`;
  const parts = [
    `${row.backend}: ${row.device}${row.softwareAdapter ? ' (a software adapter: no measure of a GPU)' : ''}, ${threads}, ${row.platform}`,
    `reverse step ${milliseconds(row.reverseStepMs)} ms = ${row.reverseStepPerForward.toFixed(2)} forward passes`,
    `train step ${row.gflopPerTrainStep.toFixed(2)} GFLOP = ${percent(row.shareOfPeak)} of the matmul peak of ${row.peakGflops.toFixed(1)} GFLOP/s (${row.peakKernel})`,
  ];
  if (row.torchVersion) {
    const agreement =
      row.torchDifference === null ? '' : `, ε̂ differs by ${row.torchDifference.toExponential(1)}`;
    parts.push(`PyTorch ${row.torchVersion} on ${row.torchThreads} threads${agreement}`);
  }
  return parts.join('; ');
}

/** Where the time of a train step goes. */
export function printProfile(row: BenchRow, profile: StepProfile, format: Format): string {
  const header = ['kind', 'ms', 'share', 'dispatches', 'GFLOP', 'GFLOP/s', 'of peak', 'MB moved', 'GB/s'];
  const { peak } = profile;
  const lines = profile.kinds.map((kind) => {
    const rate = kind.gflop / (kind.milliseconds / 1000);
    return [
      kind.kind,
      milliseconds(kind.milliseconds),
      percent(kind.milliseconds / profile.milliseconds),
      String(kind.dispatches),
      kind.gflop ? kind.gflop.toFixed(3) : '',
      kind.gflop ? rate.toFixed(1) : '',
      kind.gflop ? percent(rate / peak.gflops) : '',
      (kind.bytesMoved / 1e6).toFixed(1),
      (kind.bytesMoved / kind.milliseconds / 1e6).toFixed(1),
    ];
  });
  const rest = profile.restMilliseconds;
  lines.push([
    'outside kernels',
    milliseconds(rest),
    percent(rest / profile.milliseconds),
    '',
    '',
    '',
    '',
    '',
    '',
  ]);
  const title = `${row.backend}: where a train step of ${milliseconds(profile.milliseconds)} ms goes`;
  return `${title}\n\n${table(header, lines, format)}\n`;
}

/** Cost against arithmetic, one table for all that grows. */
export function printScale(config: string, backend: string, series: ScaleSeries[], format: Format): string {
  const header = [
    'grows',
    'batch',
    'pixels',
    'channels',
    'GFLOP',
    'train step ms',
    'GFLOP/s',
    'ratio',
    'at most',
  ];
  const lines = series.flatMap(({ grows, points }) =>
    points.map((point) => [
      grows,
      String(point.batchSize),
      `${point.imageSize}²`,
      String(point.nChannels),
      point.gflop.toFixed(1),
      milliseconds(point.trainStepMs),
      ((1000 * point.gflop) / point.trainStepMs).toFixed(1),
      point.ratio.toFixed(2),
      megabytes(point.peakBytes),
    ]),
  );
  const ends = series.map(({ grows, end }) => `${grows} ends: ${end}`);
  const title = `${config} on ${backend}: cost of a train step against its arithmetic (ratio 1: proportional)`;
  return `${title}\n\n${table(header, lines, format)}\n\n${ends.join('\n')}\n`;
}

/** What a train step of each model takes and moves. */
export function printMemory(device: string, points: MemoryPoint[], format: Format): string {
  const header = [
    'model',
    'batch',
    'parameters',
    'GFLOP',
    'dispatches',
    'GB moved',
    'estimate',
    'held',
    'held / estimate',
    'largest buffer',
    'train step ms',
  ];
  const lines = points.map((point) => [
    point.name,
    String(point.batchSize),
    `${(point.parameters / 1e6).toFixed(2)} M`,
    point.gflop.toFixed(1),
    String(point.dispatches),
    (point.bytesMoved / 1e9).toFixed(2),
    megabytes(point.estimatedBytes),
    ...held(point),
    point.trainStepMs === null ? '' : milliseconds(point.trainStepMs),
  ]);
  const problems = points.flatMap(({ name, problem }) => (problem ? [`${name}: ${problem}`] : []));
  return `${device}: what a train step takes, and moves\n\n${table(header, lines, format)}\n${problems.map((line) => `\n${line}\n`).join('')}`;
}

/** What the CPU does for a step on WebGPU, beside bare dispatches. */
export function printIssue(points: IssuePoint[], format: Format): string {
  const header = ['step', 'batch', 'dispatches', 'ours', 'quartiles', 'bare', 'quartiles', 'ours / bare'];
  const lines = points.map(({ name, step, batchSize, dispatches, issueMs, bareMs }) => [
    `${name}, ${step}`,
    String(batchSize),
    String(dispatches),
    issueMs.median.toFixed(2),
    quartiles([issueMs.low, issueMs.high]),
    bareMs.median.toFixed(2),
    quartiles([bareMs.low, bareMs.high]),
    (issueMs.median / bareMs.median).toFixed(2),
  ]);
  return `Milliseconds to issue a step on Dawn's null backend, and its dispatches by themselves\n\n${table(header, lines, format)}\n`;
}

export function printHealth(points: HealthPoint[], format: Format): string {
  const header = ['model', 'batch', 'backend', 'without', 'with', 'overhead', 'counted', 'measured', 'steps'];
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const lines = points.map(({ plainMs, watchedMs, ownShare, measurements, steps, ...point }) => [
    point.name,
    String(point.batchSize),
    point.backend,
    milliseconds(plainMs),
    milliseconds(watchedMs),
    percent(watchedMs / plainMs - 1),
    percent(ownShare),
    String(measurements),
    String(steps),
  ]);
  return `Milliseconds of a train step without and with the health of the layers measured; what the page counts of it\n\n${table(header, lines, format)}\n`;
}

/** Empty where there is no device that could be asked. */
function held({ heldBytes, estimatedBytes, largestBytes }: MemoryPoint): string[] {
  if (heldBytes === 0) return ['', '', ''];
  return [megabytes(heldBytes), (heldBytes / estimatedBytes).toFixed(2), megabytes(largestBytes)];
}

export function milliseconds(value: number): string {
  return value.toFixed(value < 10 ? 2 : 1);
}

export function quartiles(range: [number, number] | null): string {
  return range ? `${milliseconds(range[0])} – ${milliseconds(range[1])}` : '';
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
