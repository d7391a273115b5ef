import { expect, test, vi } from 'vitest';
import { pageValues } from '../testing/values';
import { LastEvents } from './lastEvents';
import { LossHistory } from './lossHistory';
import { problemReport } from './problemReport';
import type { SessionState } from './sessionState';
import type { TrainingState } from './trainingState';

const session: SessionState = { status: 'ready', backend: null, problem: null, stuck: null };
const training: TrainingState = {
  status: 'training',
  isRestoring: false,
  model: null,
  dataset: 'digits',
  missingData: null,
  step: 12,
  losses: new LossHistory(),
  heldOutLosses: [],
  health: [],
  healthShare: null,
  lossByTime: null,
  speed: null,
  memory: { tensors: 5, bytes: 100 },
  preview: null,
  savedStep: 0,
  unsavedSince: null,
  message: null,
};
const place = { userAgent: 'Browser/1.0', hardwareConcurrency: 4, isolated: true };

test('a report has versions, place, states and the last events, and no images', () => {
  const events = new LastEvents();
  const before = { session: { ...session, status: 'starting' as const }, training };
  events.observe({ session, training: { ...training, status: 'diverged', message: 'NaN' } }, before);
  events.observe({ session, training }, { session, training });
  const preview = { step: 1, images: Float32Array.of(0.125), count: 1, size: 1, channels: 1, nClasses: 0 };
  const report = problemReport(
    { session, values: pageValues(), training: { ...training, preview } },
    events.lines,
    place,
  );
  expect(report).toMatch(/^DDPM playground: \d+\.\d+\.\d+\nTensorFlow\.js: \d/);
  for (const line of ['Browser: Browser/1.0', 'Cores: 4', 'Isolated: true', 'Data set: digits'])
    expect(report).toContain(`\n${line}\n`);
  expect(report).toContain('Training: training, step 12');
  expect(report.match(/engine: ready|training: diverged at step 12|training says: NaN/g)).toHaveLength(3);
  expect(report).not.toContain('0.125');
});

test('only the last events are kept, errors of the page among them', () => {
  const events = new LastEvents();
  const page = new EventTarget() as Window;
  events.watch(page);
  page.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason: new Error('lost') }));
  expect(events.lines[0]).toMatch(/^\d+\.\d s {2}rejection of the page: Error: lost$/);
  vi.spyOn(performance, 'now').mockReturnValue(2500);
  for (let i = 0; i < 100; i++) events.add(`event ${i}`);
  expect(events.lines).toHaveLength(30);
  expect(events.lines.at(-1)).toBe('2.5 s  event 99');
  vi.restoreAllMocks();
});
