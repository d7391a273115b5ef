import * as v from 'valibot';
import { objectiveOf } from '../diffusion/objectives/objectives';
import { isSchedule, scheduleOf } from '../diffusion/schedules/schedules';

/** The U-Net's architecture and the length of its diffusion, by the names of the reference. */
export interface ModelConfig {
  /** Channels of an image: 1 (grey) or 3 (RGB). */
  imageChannels: number;
  /** Height and width of an image, pixels. */
  imageSize: number;
  /** Channels of the first level; the time embedding has four times as many. */
  nChannels: number;
  /** Each level multiplies the channels of the level before. */
  chMults: number[];
  /** Whether a level's blocks end in attention; as long as chMults. */
  isAttn: boolean[];
  /** Residual blocks a level on the way down; one more on the way up. */
  nBlocks: number;
  /** T, the number of diffusion steps. */
  nSteps: number;
  /** Groups of every group normalisation but the last, which has `nFinalGroups`. */
  nGroups: number;
  nFinalGroups: number;
  /** Dropout rate before the second convolution of a residual block, in training only. */
  dropout: number;
  /** Number of classes of a conditional model, 0 for none. One more row stands for "no class". */
  nClasses: number;
  /** Id in the table of schedules, or one that was drawn. */
  schedule: string;
  /** Id in the table of objectives: what the network predicts. */
  objective: string;
  /** Whether it also predicts v, which says where σ² lies between β̃ and β: then its output has twice the channels. */
  learnedVariance: boolean;
}

/** What decides the names and shapes of the parameters. */
export type Architecture = Pick<
  ModelConfig,
  'imageChannels' | 'nChannels' | 'chMults' | 'isAttn' | 'nBlocks' | 'nClasses' | 'learnedVariance'
>;

const whole = (what: string, minimum: number, maximum: number) =>
  v.pipe(
    v.number(`${what} must be a number`),
    v.integer(`${what} must be a whole number`),
    v.minValue(minimum, `${what} must be at least ${minimum}`),
    v.maxValue(maximum, `${what} must be at most ${maximum}`),
  );

const fileConfig = v.object({
  image_channels: whole('image_channels', 1, 4),
  image_size: whole('image_size', 1, 256),
  n_channels: whole('n_channels', 4, 1024),
  ch_mults: v.pipe(
    v.array(whole('each of ch_mults', 1, 8)),
    v.minLength(1, 'ch_mults is empty'),
    v.maxLength(8),
  ),
  is_attn: v.array(v.boolean('is_attn must hold true or false')),
  n_blocks: whole('n_blocks', 1, 8),
  n_steps: whole('n_steps', 2, 10_000),
  n_groups: v.optional(whole('n_groups', 1, 256), 32),
  n_final_groups: v.optional(whole('n_final_groups', 1, 256), 8),
  dropout: v.optional(
    v.pipe(
      v.number(),
      v.minValue(0, 'dropout must be at least 0'),
      v.maxValue(0.9, 'dropout must be at most 0.9'),
    ),
    0.1,
  ),
  n_classes: v.optional(whole('n_classes', 0, 1000), 0),
  schedule: v.optional(v.string(), 'linear'),
  objective: v.optional(v.string(), 'epsilon'),
  learned_variance: v.optional(v.boolean('learned_variance must be true or false'), false),
});

/** Thrown for a config that no U-Net can be built from; the message names the field, its value and the limit. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Reads the JSON of a model file's `config` (snake_case, missing options at the reference's values). */
export function parseModelConfig(json: unknown): ModelConfig {
  const result = v.safeParse(fileConfig, json);
  if (!result.success) {
    const issue = result.issues[0];
    const path = v.getDotPath(issue);
    throw new ConfigError(`The model's config is not valid: ${path ? `${path}: ` : ''}${issue.message}`);
  }
  const c = result.output;
  const config: ModelConfig = {
    imageChannels: c.image_channels,
    imageSize: c.image_size,
    nChannels: c.n_channels,
    chMults: c.ch_mults,
    isAttn: c.is_attn,
    nBlocks: c.n_blocks,
    nSteps: c.n_steps,
    nGroups: c.n_groups,
    nFinalGroups: c.n_final_groups,
    dropout: c.dropout,
    nClasses: c.n_classes,
    schedule: c.schedule,
    objective: c.objective,
    learnedVariance: c.learned_variance,
  };
  const problem = configProblems(config)[0];
  if (problem) throw new ConfigError(problem.message);
  return config;
}

/** Whether a field of a config's JSON can have a value, whatever the others are. */
export function isConfigValue(field: string, value: unknown): boolean {
  const { entries } = fileConfig;
  return Object.hasOwn(entries, field) && v.is(entries[field as keyof typeof entries], value);
}

/** The JSON that parseModelConfig reads back. */
export function modelConfigToJson(config: Partial<ModelConfig>): Record<string, unknown> {
  return {
    image_channels: config.imageChannels,
    n_channels: config.nChannels,
    ch_mults: config.chMults,
    is_attn: config.isAttn,
    n_blocks: config.nBlocks,
    image_size: config.imageSize,
    n_steps: config.nSteps,
    n_groups: config.nGroups,
    n_final_groups: config.nFinalGroups,
    dropout: config.dropout,
    n_classes: config.nClasses,
    schedule: config.schedule,
    objective: config.objective,
    // JSON leaves it out where it is not: files of all others stay as they were.
    learned_variance: config.learnedVariance || undefined,
  };
}

export interface ConfigProblem {
  field: keyof ModelConfig;
  /** Says what was wrong and what to do. */
  message: string;
}

/** Channels of the network's output: the prediction, and v where the variance is learned. */
export function outputChannels({
  imageChannels,
  learnedVariance,
}: Pick<ModelConfig, 'imageChannels' | 'learnedVariance'>): number {
  return learnedVariance ? 2 * imageChannels : imageChannels;
}

/** Channels of each level: the multipliers are cumulative. */
export function levelChannels(config: Pick<ModelConfig, 'nChannels' | 'chMults'>): number[] {
  let channels = config.nChannels;
  return config.chMults.map((mult) => (channels *= mult));
}

/** What keeps a config from working, each with the field to change; empty where all is well. */
export function configProblems(config: ModelConfig): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const say = (field: keyof ModelConfig, message: string) => problems.push({ field, message });
  const { nChannels, nGroups, nFinalGroups, chMults, isAttn, imageSize, nSteps, dropout } = config;
  if (!Number.isInteger(nSteps) || nSteps < 2 || nSteps > 10_000) {
    say(
      'nSteps',
      `T must be a whole number from 2 to 10,000, not ${nSteps}: one step leaves nothing to reverse.`,
    );
  }
  if (!Number.isInteger(nChannels) || nChannels < 4 || nChannels % 2) {
    say('nChannels', `Channels must be an even whole number of at least 4, not ${nChannels}.`);
  } else if (nChannels % nGroups) {
    const near = Math.max(nGroups, Math.round(nChannels / nGroups) * nGroups);
    say(
      'nChannels',
      `${nChannels} channels cannot be split into ${nGroups} groups: take ${near}, or change the groups.`,
    );
  } else if (nChannels % nFinalGroups) {
    say('nFinalGroups', `${nChannels} channels cannot be split into ${nFinalGroups} final groups.`);
  }
  if (isAttn.length !== chMults.length) {
    say(
      'isAttn',
      `Attention is set for ${isAttn.length} levels, but there are ${chMults.length} multipliers.`,
    );
  }
  const halvings = 2 ** (chMults.length - 1);
  if (imageSize % halvings) {
    say(
      'chMults',
      `${chMults.length} levels halve the image ${chMults.length - 1} times, which ${imageSize} pixels do not allow: ` +
        `take at most ${1 + trailingZeros(imageSize)} levels.`,
    );
  }
  if (
    config.objective === 'epsilon' &&
    isSchedule(config.schedule) &&
    scheduleOf(config.schedule).needsImage
  ) {
    say(
      'objective',
      'This schedule ends in pure noise, where ε tells nothing about the image: predict v or x₀, or take another schedule.',
    );
  }
  if (config.learnedVariance && objectiveOf(config.objective).input === 'flow') {
    say(
      'learnedVariance',
      'A flow has no variance to learn: predict ε, x₀ or v, or do without a learned variance.',
    );
  }
  if (!(dropout >= 0 && dropout <= 0.9)) say('dropout', `Dropout must be from 0 to 0.9, not ${dropout}.`);
  return problems;
}

function trailingZeros(value: number): number {
  let count = 0;
  while (value > 0 && value % 2 === 0) {
    value /= 2;
    count++;
  }
  return count;
}
