import { mixtureDenoiser } from '../../../engine/diffusion/gaussianMixture';
import type { Denoiser } from '../../../engine/diffusion/samplers/sampler';
import { samplerOf } from '../../../engine/diffusion/samplers/samplers';
import { messageOf } from '../../../engine/messageOf';
import { densityGrid, gridPoints } from '../../../engine/points/density';
import { energyDistance } from '../../../engine/points/energyDistance';
import { type FieldProbe, fieldErrors, fieldProbes } from '../../../engine/points/fieldError';
import { boundedDenoiser, forwardPaths, reversePaths } from '../../../engine/points/paths';
import { drawPoints, mixtureOf, type PointData, pointData, reachOf } from '../../../engine/points/pointData';
import {
  checkPointTrainer,
  createPointModel,
  type PointModel,
  type PointTrainerSettings,
} from '../../../engine/points/pointModel';
import { readPointModel } from '../../../engine/points/pointModelFile';
import { Random } from '../../../engine/training/random';
import { nextTask } from '../../../worker/nextTask';
import type { OpenedPoints, PointsApi, PointsEnd, PointsEvent, PointsSettings, PointsView } from './protocol';

/** Half the side of the plane that is drawn: where 99 of 100 points of noise lie. */
const EXTENT = 3;
const DENSITY_SIDE = 72;
const ARROW_SIDE = 21;
const SAMPLES = 400;
const FORWARD_TIMES = 100;
const PROBE_TIMES = 12;
const PROBE_POINTS = 128;
/** Between two frames; samples come as seldom as keeps them to a fifth of the time. */
const FRAME_MS = 33;
const SAMPLES_MS = 400;
const SAMPLES_SHARE = 0.2;

interface Opened {
  data: PointData;
  model: PointModel;
  exact: Denoiser;
  learned: Denoiser;
  probes: FieldProbe[];
  fresh: Float32Array;
  listen: (event: PointsEvent) => unknown;
}

/** What stands behind the view of two dimensions: one set of points, one network, at most one training run. */
export class PointsSession implements PointsApi {
  #read: (address: string) => Promise<Uint8Array>;
  #opened: Opened | undefined;
  #opens = 0;
  #view: PointsView = { t: 0, sampler: 'ddim', samplerSteps: 50, eta: 0 };
  #trainer: PointTrainerSettings | undefined;
  /** The run under way; another object means that it is to end. */
  #run: object | undefined;
  #ended: Promise<unknown> = Promise.resolve();
  #exactField: { t: number; density: Float32Array; exact: Float32Array } | undefined;
  #arrows = gridPoints(ARROW_SIDE, EXTENT);

  /** `read` brings the files of trained weights. */
  constructor(read: (address: string) => Promise<Uint8Array>) {
    this.#read = read;
  }

  async open(
    settings: PointsSettings,
    view: PointsView,
    listen: (event: PointsEvent) => unknown,
  ): Promise<OpenedPoints> {
    const open = ++this.#opens;
    const data = pointData(settings.source, settings.noise);
    const model = await createPointModel(settings.model, settings.seed);
    const trained = settings.trained === undefined ? null : await this.#bring(model, settings.trained);
    await this.pause();
    const { diffusion } = model;
    const { nSteps } = diffusion;
    const exact = mixtureDenoiser(mixtureOf(data), diffusion);
    const learned = boundedDenoiser(model.denoiser(), diffusion, reachOf(data));
    const times = evenTimes(nSteps, PROBE_TIMES);
    const probes = await fieldProbes(diffusion, data, exact, times, PROBE_POINTS);
    const random = new Random(settings.seed);
    const fresh = drawPoints(data, 2 * SAMPLES, random);
    const start = drawPoints(data, SAMPLES, random);
    const forward = forwardPaths(diffusion, start, evenTimes(nSteps, FORWARD_TIMES), settings.seed);
    if (open === this.#opens) {
      this.#opened = { data, model, exact, learned, probes, fresh, listen };
      this.#exactField = undefined;
      this.#view = view;
      await this.#tellField();
      await this.#tellSamples();
      await this.#tellExactPaths();
    }
    return {
      points: data.points,
      parameters: model.parameters,
      trained,
      extent: EXTENT,
      forward,
      fresh: energyDistance(drawPoints(data, SAMPLES, random), fresh),
      ofNoise: energyDistance(random.normal(2 * SAMPLES), fresh),
    };
  }

  /** Puts the weights of a file into the network. Throws a message for the user. */
  async #bring(model: PointModel, address: string): Promise<OpenedPoints['trained']> {
    try {
      const bytes = await this.#read(address);
      const { weights, steps, metadata } = readPointModel(bytes, model.config, model.layers);
      model.takeWeights(weights);
      return { steps, seconds: Number(metadata.training_seconds), loss: Number(metadata.loss) };
    } catch (error) {
      const reason = messageOf(error);
      throw new Error(`The trained model, ${address}, cannot be used (${reason}). Train a new one.`);
    }
  }

  async train(trainer: PointTrainerSettings): Promise<PointsEnd> {
    checkPointTrainer(trainer);
    await this.pause();
    const opened = this.#opened;
    if (!opened) throw new Error('There are no points to learn: choose a set first.');
    this.#trainer = trainer;
    const run = {};
    this.#run = run;
    const ended = this.#train(run, opened);
    this.#ended = ended.catch(() => {});
    return ended;
  }

  async pause(): Promise<void> {
    this.#run = undefined;
    await this.#ended;
  }

  async change(trainer: PointTrainerSettings): Promise<void> {
    checkPointTrainer(trainer);
    this.#trainer = trainer;
  }

  async look(view: PointsView): Promise<void> {
    const before = this.#view;
    this.#view = view;
    if (!this.#opened) return;
    if (view.t !== before.t) await this.#tellField();
    if (
      view.sampler === before.sampler &&
      view.samplerSteps === before.samplerSteps &&
      view.eta === before.eta
    )
      return;
    await this.#tellSamples();
    await this.#tellExactPaths();
  }

  async #train(run: object, { model, data, listen }: Opened): Promise<PointsEnd> {
    const losses: number[] = [];
    const begun = performance.now();
    const first = model.step;
    let shown = begun;
    let sampled = begun;
    let cost = 0;
    let told: unknown;
    const report = () => {
      const seconds = (performance.now() - begun) / 1000;
      const stepsPerSecond = (model.step - first) / Math.max(seconds, 1e-3);
      const taken = Float32Array.from(losses.splice(0));
      if (taken.length > 0) {
        return listen({ kind: 'progress', step: model.step, losses: taken, stepsPerSecond, seconds });
      }
    };
    while (this.#run === run) {
      const { loss } = model.trainStep(data, this.#trainer as PointTrainerSettings);
      if (!Number.isFinite(loss)) {
        this.#run = undefined;
        await report();
        return { reason: 'diverged', step: model.step };
      }
      losses.push(loss);
      const now = performance.now();
      if (now - shown < FRAME_MS) continue;
      shown = now;
      // A page that draws slowly gets fewer frames: the last one must have arrived.
      await told;
      told = Promise.all([report(), this.#tellField()]);
      if (now - sampled > Math.max(SAMPLES_MS, cost / SAMPLES_SHARE)) {
        const start = performance.now();
        await this.#tellSamples();
        sampled = performance.now();
        cost = sampled - start;
      }
      await nextTask();
    }
    await told;
    await report();
    await this.#tellField();
    await this.#tellSamples();
    return { reason: 'paused', step: model.step };
  }

  async #tellField(): Promise<void> {
    const { data, model, exact, listen } = this.#opened as Opened;
    const { t } = this.#view;
    // The network knows no t of the data itself: the first step of noise stands for it.
    const nearest = Math.max(0, t);
    if (this.#exactField?.t !== t) {
      this.#exactField = {
        t,
        density: densityGrid(data, model.diffusion, t, DENSITY_SIDE, EXTENT),
        exact: await exact(this.#arrows, nearest),
      };
    }
    await listen({ kind: 'field', ...this.#exactField, learned: model.predict(this.#arrows, nearest) });
  }

  async #tellSamples(): Promise<void> {
    const { model, learned, fresh, probes, listen } = this.#opened as Opened;
    const paths = await this.#reverse(learned);
    const distance = energyDistance(paths.positions.at(-1) as Float32Array, fresh);
    const errors = await fieldErrors(probes, model.denoiser());
    const times = probes.map(({ t }) => t);
    await listen({ kind: 'quality', step: model.step, distance, errors, times });
    await listen({ kind: 'paths', by: 'learned', paths });
  }

  async #tellExactPaths(): Promise<void> {
    const { exact, listen } = this.#opened as Opened;
    await listen({ kind: 'paths', by: 'exact', paths: await this.#reverse(exact) });
  }

  #reverse(denoise: Denoiser) {
    const { diffusion } = (this.#opened as Opened).model;
    const { sampler, samplerSteps: steps, eta } = this.#view;
    const choices = { diffusion, denoise, eta, variance: 'betaTilde' } as const;
    return reversePaths(samplerOf(sampler), choices, { count: SAMPLES, steps, seed: 1 });
  }
}

/** Whole times from 0 to T − 1, evenly, each once. */
function evenTimes(nSteps: number, count: number): number[] {
  const places = Math.min(nSteps, count);
  return Array.from({ length: places }, (_, i) => Math.round(((nSteps - 1) * i) / (places - 1)));
}
