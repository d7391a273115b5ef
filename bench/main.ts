import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type ModelConfig, parseModelConfig } from '../src/engine/unet/config';
import { withBlock } from './document';
import { startEngines } from './engines';
import { type HealthPoint, measureHealth } from './health';
import { type IssueSubject, measureIssue } from './issue';
import { type MeasuredRow, measureRow } from './measureRow';
import { type MemoryPoint, measureMemory } from './memory';
import { startNodeEngine } from './nodeEngine';
import { type BenchOptions, parseOptions } from './options';
import { printHealth, printIssue, printMemory, printProfile, printRows, printScale } from './print';
import { measureScale, type ScaleSeries } from './scale';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  const config = readConfig(options.configFile);
  const name = basename(options.configFile, '.json');
  const say = (message: string) => console.error(message);
  if (options.memory) return reportMemory(options, say);
  if (options.issue) return reportIssue({ name, config, batchSize: options.batchSize }, options, say);
  if (options.health) return reportHealth({ name, config, batchSize: options.batchSize }, options, say);
  const measured: MeasuredRow[] = [];
  const scales: { backend: string; series: ScaleSeries[] }[] = [];
  for await (const engine of startEngines(options, say)) {
    say(`${engine.backend}: ${engine.device}, threads: ${engine.threads}`);
    if (options.scale) {
      scales.push({ backend: engine.backend, series: await measureScale(engine, config, options, say) });
    } else measured.push(await measureRow(engine, config, options, say));
  }
  const rows = measured.map(({ row }) => row);
  const { format, scale } = options;
  if (format === 'json') {
    console.log(JSON.stringify(scale ? { config: name, scales } : { config: name, rows }));
    return;
  }
  const parts = scales.map(({ backend, series }) => printScale(name, backend, series, format));
  if (rows.length > 0) parts.push(printRows(name, rows, format));
  for (const { row, profile } of measured) {
    if (profile) parts.push(printProfile(row, profile, format));
  }
  const text = parts.join('\n');
  console.log(text);
  document(options, options.scale ? '-scale' : '', text);
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
  const { format } = options;
  const text = format === 'json' ? JSON.stringify({ device, points }) : printMemory(device, points, format);
  console.log(text);
  document(options, '-memory', text);
}

async function reportIssue(
  model: IssueSubject,
  options: BenchOptions,
  say: (message: string) => void,
): Promise<void> {
  const points = await measureIssue([model, digits()], options, say);
  const { format } = options;
  const text = format === 'json' ? JSON.stringify({ points }) : printIssue(points, format);
  console.log(text);
  document(options, '-issue', text);
}

async function reportHealth(
  model: IssueSubject,
  options: BenchOptions,
  say: (message: string) => void,
): Promise<void> {
  const [backend = 'wasm'] = options.backends ?? [];
  const engine = await startNodeEngine(backend, options.threads);
  const points: HealthPoint[] = [];
  for (const subject of [model, digits()]) {
    say(`${subject.name}, batch ${subject.batchSize} …`);
    points.push(await measureHealth(engine, subject, options.budgetMs));
  }
  const { format } = options;
  const text = format === 'json' ? JSON.stringify({ points }) : printHealth(points, format);
  console.log(text);
  document(options, '-health', text);
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

function document({ document: file, block }: BenchOptions, suffix: string, text: string): void {
  if (file) writeFileSync(file, withBlock(readFileSync(file, 'utf8'), `${block}${suffix}`, text));
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(`bench: ${error.message}`);
    process.exit(1);
  },
);
