import * as Comlink from 'comlink';
import { fetchFile } from '../../../worker/fetchFile';
import type { PointsApi } from './protocol';
import { PointsSession } from './session';

const session = new PointsSession((address) => fetchFile(new URL(address)));

const api: PointsApi = {
  open: (...args) => session.open(...args),
  train: (trainer) => session.train(trainer),
  pause: () => session.pause(),
  change: (trainer) => session.change(trainer),
  look: (view) => session.look(view),
};

Comlink.expose(api);
