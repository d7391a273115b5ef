import { ancestral } from './ancestral';
import { ddim } from './ddim';
import type { Sampler } from './sampler';

export interface SamplerDefinition {
  title: string;
  description: string;
  sampler: Sampler;
  /** Which of the settings it heeds. */
  heeds: ('variance' | 'eta' | 'noiseAtEnd')[];
}

/** All samplers by id. To add one: a file with its generator, and a line here. */
export const samplers = {
  ancestral: {
    title: 'DDPM',
    description: 'Ancestral sampling, the reverse process of the paper.',
    sampler: ancestral,
    heeds: ['variance', 'noiseAtEnd'],
  },
  ddim: {
    title: 'DDIM',
    description: 'Implicit sampling: few steps; deterministic at η = 0.',
    sampler: ddim,
    heeds: ['eta'],
  },
} satisfies Record<string, SamplerDefinition>;

export type SamplerId = keyof typeof samplers;
