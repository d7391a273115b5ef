import { describe, expect, it } from 'vitest';
import { startOptionsOf } from './startOptions';

describe('startOptionsOf', () => {
  it('takes the folder of the page and the backend asked for', () => {
    expect(startOptionsOf('https://example.org/play/index.html?backend=cpu#train')).toEqual({
      options: { baseUrl: 'https://example.org/play/', backend: 'cpu' },
      problem: null,
    });
    expect(startOptionsOf('http://localhost:4173/').options).toEqual({ baseUrl: 'http://localhost:4173/' });
  });

  it('names a backend that does not exist, with those that do, and lets the best be chosen', () => {
    const { options, problem } = startOptionsOf('http://localhost/?backend=cuda');
    expect(options.backend).toBeUndefined();
    expect(problem).toContain('“cuda”');
    expect(problem).toContain('webgpu, wasm, webgl, cpu');
  });
});
