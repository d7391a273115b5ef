// Asks every study that a view shows of a model that ships, and writes the answers beside the model:
// `npx tsx tools/models/studies.ts [--study NAME] [ID…]`, with a name that study alone. A minute or more each on two cores; the same
// files give the same answers.
import { readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { backendChoice, startBackend } from '../../cli/backend';
import { studies } from '../../src/app/studies';
import { readBundle } from '../../src/engine/checkpoint/bundle';
import { loadDataset } from '../../src/engine/data/datasets';
import { type ShippedModelId, shippedModels } from '../../src/engine/models/shippedModels';
import {
  formatStored,
  parseStored,
  type StoredStudies,
  storedFileName,
} from '../../src/engine/study/storedStudies';
import { type AnyStudy, type StudyEnvironment, studyEnvironment } from '../../src/engine/study/study';
import { disposeWeights, weightsFromStateDict } from '../../src/engine/unet/weights';
import { pageOf, storedViews } from './storedViews';

const publicFolder = new URL('../../public/', import.meta.url);
const operations = await startBackend(backendChoice({ backend: undefined, threads: undefined }));

const { values, positionals } = parseArgs({ options: { study: { type: 'string' } }, allowPositionals: true });
const asked = positionals as ShippedModelId[];
for (const id of asked.length > 0 ? asked : (Object.keys(shippedModels) as ShippedModelId[])) {
  const text = formatStored(await answersOf(id));
  writeFileSync(new URL(`models/${storedFileName(shippedModels[id].file)}`, publicFolder), text);
  noteBytes(id, text.length);
  process.stdout.write(`The studies of ${id} take ${text.length} bytes.\n`);
}

/** In measures.json, by which the page knows that there are answers. */
function noteBytes(id: ShippedModelId, bytes: number): void {
  const path = new URL('../../src/engine/models/measures.json', import.meta.url);
  const measures = JSON.parse(readFileSync(path, 'utf8'));
  measures.studies[id] = bytes;
  writeFileSync(path, `${JSON.stringify(measures, null, 2)}\n`);
}

async function answersOf(id: ShippedModelId): Promise<StoredStudies> {
  const { file, dataset, sawHeldOut } = shippedModels[id];
  const { config, ema } = readBundle(readFileSync(new URL(`models/${file}`, publicFolder)));
  const weights = weightsFromStateDict(config, ema);
  const data = {
    id: dataset,
    ...(await loadDataset(dataset, (name) => readFile(new URL(`data/${name}`, publicFolder)))),
  };
  const environment = studyEnvironment(
    { config, weights, operations, sawHeldOut },
    {
      inTurn: async (work) => work(),
      dataset: () => data,
      readModel: (name) => readFile(new URL(`models/${name}`, publicFolder)),
    },
  );
  const stored = new URL(`models/${storedFileName(file)}`, publicFolder);
  const answers: StoredStudies = values.study === undefined ? {} : parseStored(readFileSync(stored, 'utf8'));
  const core = pageOf(id, data);
  for (const ask of storedViews) await ask({ core, engine: { study: recorder(environment, answers) } });
  disposeWeights(weights);
  return answers;
}

/** An engine of one model, which keeps what it answers; of the reports those that hold more than how far it is. */
function recorder(environment: StudyEnvironment, answers: StoredStudies) {
  return async (name: string, _: unknown, request: unknown, listen?: (report: never) => unknown) => {
    if (values.study !== undefined && values.study !== name) throw new Error('Another study is asked for.');
    const reports: unknown[] = [];
    const study = (studies as Record<string, AnyStudy>)[name] as AnyStudy;
    const result = await study(environment, request as never, async (report) => {
      const holdsMore = Object.values(report as object).some((part) => part && typeof part === 'object');
      if (holdsMore) reports.push(report);
      return (await listen?.(report as never)) !== false;
    });
    answers[name] = { request, reports, result };
    return result as never;
  };
}
