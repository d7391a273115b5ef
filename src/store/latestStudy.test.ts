import { describe, expect, it } from 'vitest';
import type { Study } from '../engine/study/study';
import { LatestStudy, type StudyEngine } from './latestStudy';

/** Answers each question in reports that the test lets go one by one. */
class SteppingEngine {
  asked: number[] = [];
  #steps: (() => void)[] = [];
  problem: Error | null = null;

  study = (async (_name, _source, request, listen) => {
    const { t } = request as { t: number };
    this.asked.push(t);
    for (let report = 1; report <= 3; report++) {
      await new Promise<void>((resolve) => this.#steps.push(resolve));
      if (this.problem) throw this.problem;
      if ((await listen?.(report as never)) === false) return `${t} ended`;
    }
    return `${t} done`;
  }) as StudyEngine['study'];

  async step(): Promise<void> {
    for (let i = 0; i < 10; i++) await Promise.resolve();
    this.#steps.shift()?.();
    for (let i = 0; i < 10; i++) await Promise.resolve();
  }
}

function page() {
  const engine = new SteppingEngine();
  const latest = new LatestStudy<Study<{ xt: Float32Array; t: number }, string, number>>(
    engine,
    'reverseStep',
  );
  const heard: string[] = [];
  const ask = (t: number) =>
    latest.ask({ own: 'ema' }, { xt: new Float32Array(), t }, (report) => heard.push(`${t}:${report}`));
  return { engine, latest, heard, ask };
}

describe('LatestStudy', () => {
  it('asks one at a time, ends the older at its next report, and skips those between', async () => {
    const { engine, heard, ask } = page();
    const first = ask(1);
    await engine.step();
    const others = [2, 3, 4, 5].map(ask);
    await engine.step();
    expect(await first).toBeUndefined();
    for (let i = 0; i < 3; i++) await engine.step();
    expect(await Promise.all(others)).toEqual([undefined, undefined, undefined, '5 done']);
    expect(engine.asked).toEqual([1, 5]);
    expect(heard).toEqual(['1:1', '5:1', '5:2', '5:3']);
  });

  it('stops, and then has no answer', async () => {
    const { engine, latest, heard, ask } = page();
    const only = ask(1);
    await engine.step();
    latest.stop();
    await engine.step();
    expect([await only, heard]).toEqual([undefined, ['1:1']]);
  });

  it('ends early, and then what there is by the next report is the answer', async () => {
    const { engine, latest, heard, ask } = page();
    const only = ask(1);
    await engine.step();
    latest.end();
    await engine.step();
    expect([await only, heard]).toEqual(['1 ended', ['1:1', '1:2']]);
    const next = ask(2);
    for (let i = 0; i < 3; i++) await engine.step();
    expect(await next).toBe('2 done');
  });

  it('follows: an answer on the way counts, those that never began are skipped, and none comes after a stop', async () => {
    const { engine, latest } = page();
    const follow = (t: number) => latest.follow({ own: 'ema' }, { xt: new Float32Array(), t });
    const first = follow(1);
    await engine.step();
    const others = [2, 3, 4].map(follow);
    for (let i = 0; i < 5; i++) await engine.step();
    expect(await Promise.all([first, ...others])).toEqual(['1 done', undefined, undefined, '4 done']);
    const stopped = follow(5);
    await engine.step();
    latest.stop();
    for (let i = 0; i < 2; i++) await engine.step();
    expect([await stopped, engine.asked]).toEqual([undefined, [1, 4, 5]]);
  });

  it('hands on what went wrong with the latest, and goes on after it', async () => {
    const { engine, ask } = page();
    engine.problem = new Error('The GPU was lost.');
    const old = ask(1);
    const failing = expect(ask(2)).rejects.toThrow('The GPU was lost.');
    for (let i = 0; i < 2; i++) await engine.step();
    await failing;
    expect(await old).toBeUndefined();
    engine.problem = null;
    const next = ask(3);
    for (let i = 0; i < 3; i++) await engine.step();
    expect(await next).toBe('3 done');
  });
});
