import * as Comlink from 'comlink';
import { browserAutosave } from './autosave';
import { fetchFile } from './fetchFile';
import type { EngineApi, SamplingStep } from './protocol';
import { Session } from './session';
import { giveSignOfLife } from './signOfLife';

const session = new Session({
  autosave: browserAutosave(),
  readData: (baseUrl, fileName) => fetchFile(new URL(`data/${fileName}`, baseUrl)),
  readModel: (baseUrl, fileName) => fetchFile(new URL(`models/${fileName}`, baseUrl)),
});

/** The session as the page calls it; large arrays move instead of being copied. */
const api: EngineApi = {
  start: (options, listen) => session.start(options, listen),
  // The page's copy: the engine goes on with its own.
  loadDataset: (id) => session.loadDataset(id),
  openOwnDataset: (dataset) => session.openOwnDataset(dataset),
  createModel: (config, seed) => session.createModel(config, seed),
  restore: () => session.restore(),
  exportModel: (form) => session.exportModel(form),
  saveModel: () => session.saveModel(),
  inspectModel: (file) => session.inspectModel(file),
  importModel: (...args) => session.importModel(...args),
  train: (settings, listen) => session.train(settings, listen),
  pauseTraining: () => session.pauseTraining(),
  sample: (settings, listen) => session.sample(settings, (step) => listen(moved(step))),
  setSamplingShare: (share) => session.setSamplingShare(share),
  controlSampling: (command) => session.controlSampling(command),
  study: (...args) => session.study(...args),
  profile: (config, batchSize) => session.profile(config, batchSize),
  measure: (config, options, rival) => session.measure(config, options, rival),
  measurePeak: () => session.measurePeak(),
};

function moved(step: SamplingStep): SamplingStep {
  const arrays = [step.x, step.x0, step.eps].filter((array) => array !== null);
  return Comlink.transfer(
    step,
    arrays.map(({ buffer }) => buffer as ArrayBuffer),
  );
}

Comlink.expose(api);
giveSignOfLife();
