import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type ModelConfig, parseModelConfig } from '../src/engine/unet/config';
import { measureBrowsers } from './browserSpeeds';
import { withBlock } from './document';
import { startEngines } from './engines';
import { type HealthPoint, measureHealth } from './health';
import { type IssueSubject, measureIssue } from './issue';
import { type MeasuredRow, measureRow } from './measureRow';
import { type MemoryPoint, measureMemory } from './memory';
import { startNodeEngine } from './nodeEngine';
import { type BenchOptions, parseOptions } from './options';
import {
  type Format,
  printHealth,
  printIssue,
  printMemory,
  printProfile,
  printRows,
  printScale,
} from './print';
import { printBrowsers } from './printBrowsers';
import { measureScale, type ScaleSeries } from './scale';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  const config = readConfig(options.configFile);
  const name = basename(options.configFile, '.json');
  const say = (message: string) => console.error(message);
  const models = [{ name, config, batchSize: options.batchSize }, digits()];
  if (options.memory) return reportMemory(options, say);
  if (options.issue) {
    const points = await measureIssue(models, options, say);
    return report(options, '-issue', { points }, (format) => printIssue(points, format));
  }
  if (options.health) return reportHealth(models, options, say);
  if (options.browsers.length > 1) {
    const speeds = await measureBrowsers(models, options, say);
    return report(options, '', { speeds }, (format) => printBrowsers(speeds, format));
  }
  const measured: MeasuredRow[] = [];
  const scales: { backend: string; series: ScaleSeries[] }[] = [];
  for await (const engine of startEngines(options, say)) {
    say(`${engine.backend}: ${engine.device}, threads: ${engine.threads}`);
    if (options.scale) {
      scales.push({ backend: engine.backend, series: await measureScale(engine, config, options, say) });
    } else measured.push(await measureRow(engine, config, options, say));
  }
  const rows = measured.map(({ row }) => row);
  if (options.scale) {
    return report(options, '-scale', { config: name, scales }, (format) =>
      scales.map(({ backend, series }) => printScale(name, backend, series, format)).join('\n'),
    );
  }
  report(options, '', { config: name, rows }, (format) => {
    const profiles = measured.flatMap(({ row, profile }) =>
      profile ? [printProfile(row, profile, format)] : [],
    );
    return [printRows(name, rows, format), ...profiles].join('\n');
  });
}

async function reportMemory(options: BenchOptions, say: (message: string) => void): Promise<void> {
  let device = '';
  const [backend = 'webgpu'] = options.backends ?? [];
  const start = async () => {
    const engine = await startNodeEngine(backend, options.threads);
    device = `${engine.device}${engine.softwareAdapter ? ' (a software adapter)' : ''}`;
    return engine;
  };
  const points: MemoryPoint[] = [];
  for await (const point of measureMemory(start, say)) points.push(point);
  report(options, '-memory', { device, points }, (format) => printMemory(device, points, format));
}

async function reportHealth(
  models: readonly IssueSubject[],
  options: BenchOptions,
  say: (message: string) => void,
): Promise<void> {
  const [backend = 'wasm'] = options.backends ?? [];
  const engine = await startNodeEngine(backend, options.threads);
  const points: HealthPoint[] = [];
  for (const subject of models) {
    say(`${subject.name}, batch ${subject.batchSize} …`);
    points.push(await measureHealth(engine, subject, options.budgetMs));
  }
  report(options, '-health', { points }, (format) => printHealth(points, format));
}

/** The model of the digits with the batch of the page. */
const digits = (): IssueSubject => ({
  name: 'Digits',
  config: readConfig(new URL('digits.json', import.meta.url)),
  batchSize: 64,
});

function readConfig(file: string | URL): ModelConfig {
  return parseModelConfig(JSON.parse(readFileSync(file, 'utf8')));
}

/** Prints what was measured, and puts it into the document. */
function report(
  { format, document: file, block }: BenchOptions,
  suffix: string,
  measured: object,
  print: (format: Format) => string,
): void {
  const text = format === 'json' ? JSON.stringify(measured) : print(format);
  console.log(text);
  if (file) writeFileSync(file, withBlock(readFileSync(file, 'utf8'), `${block}${suffix}`, text));
}

// By way of the event 'exit', which ends the browsers too.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
main().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(`bench: ${error.message}`);
    process.exit(1);
  },
);
