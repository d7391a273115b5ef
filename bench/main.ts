import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseModelConfig } from '../src/engine/unet/config';
import { startEngines } from './engines';
import { type MeasuredRow, measureRow } from './measureRow';
import { parseOptions } from './options';
import { printProfile, printRows, printScale } from './print';
import { measureScale, type ScaleSeries } from './scale';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  const config = parseModelConfig(JSON.parse(readFileSync(options.configFile, 'utf8')));
  const name = basename(options.configFile, '.json');
  const say = (message: string) => console.error(message);
  const measured: MeasuredRow[] = [];
  const scales: { backend: string; series: ScaleSeries[] }[] = [];
  for await (const engine of startEngines(options, say)) {
    say(`${engine.backend}: ${engine.device}, threads: ${engine.threads}`);
    if (options.scale) {
      scales.push({ backend: engine.backend, series: await measureScale(engine, config, options, say) });
    } else measured.push(await measureRow(engine, config, options, say));
  }
  const rows = measured.map(({ row }) => row);
  if (options.format === 'json') {
    console.log(JSON.stringify(options.scale ? { config: name, scales } : { config: name, rows }));
    return;
  }
  for (const { backend, series } of scales) console.log(printScale(name, backend, series, options.format));
  if (rows.length > 0) console.log(printRows(name, rows, options.format));
  for (const { row, profile } of measured) {
    if (profile) console.log(printProfile(row, profile, options.format));
  }
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(`bench: ${error.message}`);
    process.exit(1);
  },
);
