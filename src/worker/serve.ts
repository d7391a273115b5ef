import * as Comlink from 'comlink';
import type { AnyStudy } from '../engine/study/study';
import type { SamplingSettings } from '../settings/samplingSettings';
import { browserAutosave } from './autosave';
import { fetchFile } from './fetchFile';
import type { SamplingStep } from './protocol';
import { Session } from './session';
import { giveSignOfLife } from './signOfLife';

/** A session whose steps move to the page instead of being copied. */
class ServedSession extends Session {
  override sample(settings: SamplingSettings, listen: (step: SamplingStep) => unknown) {
    return super.sample(settings, (step) => listen(moved(step)));
  }
}

function moved(step: SamplingStep): SamplingStep {
  const arrays = [step.x, step.x0, step.eps].filter((array) => array !== null);
  return Comlink.transfer(
    step,
    arrays.map(({ buffer }) => buffer as ArrayBuffer),
  );
}

/** Makes this worker the engine of the page, which may ask these studies. */
export function serveEngine(studies: Readonly<Record<string, AnyStudy>>): void {
  const session = new ServedSession({
    autosave: browserAutosave(),
    readData: (baseUrl, fileName) => fetchFile(new URL(`data/${fileName}`, baseUrl)),
    readModel: (baseUrl, fileName) => fetchFile(new URL(`models/${fileName}`, baseUrl)),
    studies,
  });
  Comlink.expose(session);
  giveSignOfLife();
}
