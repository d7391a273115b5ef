import type { SamplerId } from '../../../engine/diffusion/samplers/samplers';
import type { Paths } from '../../../engine/points/paths';
import type { PointSource } from '../../../engine/points/pointData';
import type { PointModelConfig, PointTrainerSettings } from '../../../engine/points/pointModel';

/** What the view of two dimensions can ask of its worker. Errors arrive as rejections whose message is for the user. */
export interface PointsApi {
  /** Takes these points and makes a network for them, new or as a file has it; training that is under way ends. */
  open(
    settings: PointsSettings,
    view: PointsView,
    listen: (event: PointsEvent) => unknown,
  ): Promise<OpenedPoints>;
  /** Trains until `pause`, a new `open`, or a loss that is no number. */
  train(trainer: PointTrainerSettings): Promise<PointsEnd>;
  pause(): Promise<void>;
  /** Used from the next step on. */
  change(trainer: PointTrainerSettings): Promise<void>;
  /** Looks at another t, or samples in another way; resolves when the listener has what is new. */
  look(view: PointsView): Promise<void>;
}

export interface PointsSettings {
  source: PointSource;
  /** Standard deviation of the data around each point. */
  noise: number;
  model: PointModelConfig;
  seed: number;
  /** Address of a file of trained weights for this network, in place of random ones. */
  trained?: string;
}

export interface PointsView {
  /** −1 is the data, T − 1 noise. */
  t: number;
  sampler: SamplerId;
  samplerSteps: number;
  eta: number;
}

export interface OpenedPoints {
  /** [n, 2]. */
  points: Float32Array;
  parameters: number;
  /** What is behind the weights of a file; null for random ones. */
  trained: { steps: number; seconds: number; loss: number } | null;
  /** Of the plane that is drawn: x and y from −extent to extent. */
  extent: number;
  /** The forward process of draws from the data, and the reverse process by the exact ε. */
  forward: Paths;
  /** Energy distances to the data: of fresh draws from it, and of noise. */
  fresh: number;
  ofNoise: number;
}

export interface PointsEnd {
  reason: 'paused' | 'diverged';
  step: number;
}

export type PointsEvent =
  | { kind: 'progress'; step: number; losses: Float32Array; stepsPerSecond: number; seconds: number }
  | PointsField
  | { kind: 'paths'; by: 'learned' | 'exact'; paths: Paths }
  | PointsQuality;

/** What the plane looks like at t. */
export interface PointsField {
  kind: 'field';
  t: number;
  /** Of q(x_t), [side²] in rows from the top. */
  density: Float32Array;
  /** ε_θ and the exact ε on a coarser grid, [side², 2]. */
  learned: Float32Array;
  exact: Float32Array;
}

/** How near the network is to the truth. */
export interface PointsQuality {
  kind: 'quality';
  step: number;
  /** Energy distance of samples to the data. */
  distance: number;
  /** RMS of ε_θ − ε where the data is, at each of `times`. */
  errors: Float32Array;
  times: number[];
}
