import { definition as ancestral } from './ancestral';
import { definition as consistency } from './consistency';
import { definition as ddim } from './ddim';
import type { SamplerDefinition } from './definition';
import { definition as dpmSolver } from './dpmSolver';
import { definition as flowEuler } from './flowEuler';
import { definition as flowHeun } from './flowHeun';
import { definition as flowMidpoint } from './flowMidpoint';
import { definition as heun } from './heun';
import { whileFinite } from './whileFinite';

/** To add a sampler: a file with its generator and definition, and a line here. */
const definitions = { ancestral, ddim, dpmSolver, heun, flowEuler, flowMidpoint, flowHeun, consistency };

export type SamplerId = keyof typeof definitions;

/** All samplers by id. Each throws an Error at the first step whose numbers are not finite. */
export const samplers = Object.fromEntries(
  Object.entries(definitions).map(([id, definition]) => [
    id,
    { ...definition, sampler: whileFinite(definition.sampler) },
  ]),
) as Record<SamplerId, SamplerDefinition>;

/** The definition of a sampler, whichever it is. */
export function samplerOf(id: SamplerId): SamplerDefinition {
  return samplers[id];
}

/** The samplers that are right for every model. */
export const generalSamplers = (Object.keys(samplers) as SamplerId[]).filter((id) => !samplers[id].onlyFor);

/** The samplers that add no fresh noise by default: from the same x_T they all follow one curve. */
export const deterministicSamplers = (Object.keys(samplers) as SamplerId[]).filter(
  (id) => samplers[id].order !== null,
);

/** The most of T steps that a sampler takes for so many network evaluations; 0 where even one costs more. */
export function stepsWithin(id: SamplerId, evaluations: number, nSteps: number): number {
  let steps = 0;
  while (steps < nSteps && samplers[id].evaluations(steps + 1) <= evaluations) steps++;
  return steps;
}
