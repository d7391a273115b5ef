import type { TermsOf } from './reverseTerms';
import type { Sampler, SamplerOptions } from './sampler';
import type { SpacingId } from './spacings';

/** All that page, command line and tests know of a sampler. */
export interface SamplerDefinition {
  title: string;
  description: string;
  /** The models that it is right for, where it is not right for all. */
  onlyFor?: string;
  sampler: Sampler;
  /** The options that change its steps, besides clipX0, which changes those of all. */
  options: readonly Exclude<keyof SamplerOptions, 'clipX0'>[];
  /** What it is made for. */
  defaults: { steps: number | 'all'; spacing: SpacingId };
  /** Network evaluations in so many steps. */
  evaluations(steps: number): number;
  /**
   * By default it adds no fresh noise, and its error falls as steps^−order to the solution of the probability-flow ODE; null
   * where it does add noise.
   */
  order: 1 | 2 | null;
  /** One of its steps as an equation with numbers. */
  terms: TermsOf;
}
