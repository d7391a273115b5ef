import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import '../../app/compose';
import { linkBase } from '../../store/share/sharedState';
import { readLink } from '../../store/share/shareLink';
import { experimentIn, withExperiment } from './address';
import { type ExperimentId, experimentIds, experimentOf, pictureName } from './experiments';
import { linkOf } from './links';

const page = 'https://example.org/play/?backend=cpu#/quality';

/** Every value of `given`, with its path. */
function leaves(given: unknown, path: string[] = []): [string[], unknown][] {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return [[path, given]];
  return Object.entries(given).flatMap(([name, value]) => leaves(value, [...path, name]));
}

const at = (value: unknown, path: string[]): unknown =>
  path.reduce<unknown>((one, name) => (one as Record<string, unknown>)?.[name], value);

describe.each(experimentIds)('the experiment %s', (id) => {
  const experiment = experimentOf(id);

  it('opens as a link with the settings that it names, and with the rest as in any link', () => {
    const link = linkOf(id, page);
    const { shared, problem } = readLink(link);
    expect(problem).toBeNull();
    const named = leaves(experiment.settings);
    expect(named.length).toBeGreaterThan(0);
    for (const [path, value] of named) {
      expect(at(linkBase(), path), `${path.join('.')} is a setting`).toBeDefined();
      expect(at(shared, path), path.join('.')).toEqual(value);
    }
    const others = leaves(linkBase()).filter(([path]) => !named.some(([one]) => `${one}` === `${path}`));
    for (const [path, value] of others) expect(at(shared, path), path.join('.')).toEqual(value);
    expect(new URL(link).hash).toBe(experiment.view);
    expect(experimentIn(link)).toBe(id);
    expect(link.length).toBeLessThan(1000);
  });

  it('says all that a card needs, and has its picture', () => {
    expect(experiment.question).toMatch(/\?$/);
    expect(experiment.steps.length).toBeGreaterThan(1);
    for (const text of [...experiment.steps, experiment.look, experiment.shows]) expect(text).toMatch(/\.$/);
    expect(existsSync(new URL(`../../../public/experiments/${pictureName(id)}`, import.meta.url))).toBe(true);
  });
});

it('an address names its experiment, or none', () => {
  expect(experimentIn('https://example.org/#/samplers')).toBeNull();
  const link = withExperiment('https://example.org/?s=1.e30#/', 'score' as ExperimentId);
  expect(experimentIn(link)).toBe('score');
  expect(withExperiment(link, null)).toBe('https://example.org/?s=1.e30#/');
});
