import { ancestral } from './ancestral';
import { ddim } from './ddim';
import { dpmSolver } from './dpmSolver';
import { heun } from './heun';
import type { Sampler } from './sampler';
import type { SpacingId } from './spacings';

export interface SamplerDefinition {
  title: string;
  description: string;
  sampler: Sampler;
  /** Which of the settings it heeds. */
  heeds: ('variance' | 'eta' | 'noiseAtEnd')[];
  /** What it is made for. */
  usual: { steps: number | 'all'; spacing: SpacingId };
  /** Calls of the network in so many steps. */
  calls(steps: number): number;
}

/** All samplers by id. To add one: a file with its generator, and a line here. */
export const samplers = {
  ancestral: {
    title: 'DDPM',
    description: 'Ancestral sampling, the reverse process of the paper.',
    sampler: ancestral,
    heeds: ['variance', 'noiseAtEnd'],
    usual: { steps: 'all', spacing: 'even' },
    calls: (steps) => steps,
  },
  ddim: {
    title: 'DDIM',
    description: 'Implicit sampling: few steps; deterministic at η = 0.',
    sampler: ddim,
    heeds: ['eta'],
    usual: { steps: 50, spacing: 'even' },
    calls: (steps) => steps,
  },
  dpmSolver: {
    title: 'DPM-Solver++ (2M)',
    description: 'Second order from the guess of the step before: very few steps, deterministic.',
    sampler: dpmSolver,
    heeds: [],
    usual: { steps: 15, spacing: 'logSnr' },
    calls: (steps) => steps,
  },
  heun: {
    title: 'Heun',
    description: 'Second order on the probability-flow ODE: two calls of the network a step, deterministic.',
    sampler: heun,
    heeds: [],
    usual: { steps: 20, spacing: 'logSnr' },
    calls: (steps) => 2 * steps - 1,
  },
} satisfies Record<string, SamplerDefinition>;

export type SamplerId = keyof typeof samplers;

/** The definition of a sampler, whichever it is. */
export function samplerOf(id: SamplerId): SamplerDefinition {
  return samplers[id];
}
