import { trainingGroup } from '../../../settings/groups/training';
import type { Settings } from '../../../settings/settings';
import type { Run } from '../record/run';
import { coarserLosses } from '../record/thinnedLosses';

/** Points of the time axis that a link keeps: it is close to a straight line. */
const TIMES = 8;
/** Measurements of quality that it keeps: the last ones. */
const QUALITIES = 4;

/** What a link leaves out of a run is as here. It never changes: links of before mean the same for ever. */
export function linkedBase(): Run {
  const settings = trainingGroup.linkBase as Settings;
  return {
    facts: {
      id: '',
      name: '',
      colour: 0,
      pinned: false,
      startedAt: 0,
      updatedAt: 0,
      dataset: 'digits',
      title: 'Digits',
      settings: { ...settings, model: { ...settings.model, imageSize: 8, imageChannels: 1 } },
      differs: null,
      from: null,
      step: 0,
      seconds: 0,
      loss: null,
      heldOut: null,
      parameters: 0,
      backend: 'wasm',
      device: '',
      diverged: false,
      quality: [],
    },
    body: {
      head: [],
      losses: { before: 0, end: 0, interval: 1, mean: [], least: [], greatest: [] },
      heldOut: [],
      times: [],
      lossByTime: null,
      marks: [],
      samples: [],
    },
  };
}

/** A run as a link holds it: without samples, its curves of at most so many points, to three digits. */
export function linkedRun({ facts, body }: Run, points: number): Run {
  const { before, end, interval, ...curves } = coarserLosses(body.losses, points);
  const { settings } = facts;
  const { preview: _, ...training } = settings.training;
  const usual = linkedBase().facts.settings.training.preview;
  return {
    facts: {
      ...facts,
      settings: {
        ...settings,
        training: { ...training, classDropout: training.classDropout ?? 0.1, preview: usual },
      },
      pinned: false,
      updatedAt: facts.startedAt,
      differs: null,
      seconds: short(facts.seconds, 4),
      quality: facts.quality.slice(-QUALITIES),
    },
    body: {
      ...body,
      head: [],
      losses: {
        ...{ before, end, interval },
        mean: curves.mean.map((loss) => short(loss)),
        least: curves.least.map((loss) => short(loss, 2)),
        greatest: curves.greatest.map((loss) => short(loss, 2)),
      },
      heldOut: spread(body.heldOut, points).map(({ step, loss }) => ({ step, loss: short(loss) })),
      times: spread(body.times, TIMES).map(({ step, seconds }) => ({ step, seconds: short(seconds, 4) })),
      lossByTime: body.lossByTime?.map((error) => short(error)) ?? null,
      samples: [],
    },
  };
}

function short(value: number, digits = 3): number {
  return Number(value.toPrecision(digits));
}

/** At most so many of them, evenly spaced, the first and the last among them. */
function spread<One>(all: readonly One[], most: number): One[] {
  if (all.length <= most) return [...all];
  return Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))] as One);
}
