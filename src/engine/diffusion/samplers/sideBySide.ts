import type { SamplerStep } from './sampler';

/** A reverse process under way, and how many steps it has. */
export interface SideRun {
  reverse: AsyncGenerator<SamplerStep, void, void>;
  total: number;
}

/** A step of one of the sides: its first is `done` = 1. */
export interface SideStep {
  side: number;
  done: number;
  step: SamplerStep;
}

/**
 * Several reverse processes in lockstep: the next step is always of the side that has done the least part of its own, so that after
 * every step the parts differ by at most one step of each.
 */
export async function* sideBySide(runs: readonly SideRun[]): AsyncGenerator<SideStep, void, void> {
  const done = runs.map(() => 0);
  const part = (side: number) => (done[side] as number) / (runs[side] as SideRun).total;
  for (;;) {
    const behind = runs.reduce((least, _, side) => (part(side) < part(least) ? side : least), 0);
    if (runs.length === 0 || part(behind) >= 1) return;
    const { value } = await (runs[behind] as SideRun).reverse.next();
    if (!value) return;
    done[behind] = (done[behind] as number) + 1;
    yield { side: behind, done: done[behind] as number, step: value };
  }
}
