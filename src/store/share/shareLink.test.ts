import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainName } from '../../engine/names';
import { MOST_POINTS } from '../../engine/points/pointData';
import { packHole, packImage } from '../../views/edit/packed';
import { decodePoints, encodePoints, snapped } from '../../views/points/drawnPoints';
import '../../app/compose';
import type { EncodedValues } from '../encodedValues';
import { linkBase, type SharedState } from './sharedState';
import { linkTo, readLink, shortLinkTo, withoutLink } from './shareLink';

const page = 'https://example.org/play/';
const base = linkBase();

const other: SharedState = {
  ...base,
  dataset: 'fashion-16',
  title: 'Fashion-MNIST 16×16',
  origin: 'own',
  model: { ...base.model, chMults: [1, 2, 2], isAttn: [false, false, true], schedule: 'cosine', nSteps: 200 },
  sampling: { ...base.sampling, sampler: 'ddim', steps: 40, seed: 77, eta: 0.5, classes: 3 },
  forward: { exampleIndex: 12, t: 55, noiseSeed: 9 },
};

const withViews = (some: EncodedValues): SharedState => ({ ...base, views: { ...base.views, ...some } });
const views = withViews({
  bound: { ...base.views.bound, seed: 3, pictures: 32 },
  forwardLab: { ...base.views.forwardLab, second: 'drawn', drawn: [0.9, 0.8, 0.7, 0.5, 0.3, 0.2, 0.1, 0.01] },
  samplers: {
    ...base.views.samplers,
    a: { ...((base.views.samplers as { a?: object }).a ?? {}), steps: 50, eta: 0.5 },
  },
  points: { ...base.views.points, set: 'drawn', drawn: encodePoints(snapped([-3, 3, 0, 0, 1.5, -1.5])) },
});

const shape = { dataset: 'digits', size: 8, channels: 1 };
const drawing = {
  ...shape,
  picture: packImage(new Float32Array(64).map((_, i) => (i % 9 === 0 ? 1 : -1))),
};
const masked = {
  ...shape,
  example: 12,
  picture: '',
  hole: packHole(new Uint8Array(64).map((_, i) => (i > 40 ? 1 : 0))),
};
/** Colours without order, which do not get smaller. */
const noise = {
  dataset: 'emoji',
  size: 32,
  channels: 3,
  picture: packImage(new Float32Array(3072).map((_, i) => Math.sin(i * i))),
};

/** Made when links began. They must open for ever, to the same: never change one. */
const frozen = {
  views: `${page}?s=2.eyJ2aWV3cyI6eyJmb3J3YXJkTGFiIjp7InNlY29uZCI6ImRyYXduIiwiZHJhd24iOlswLjksMC44LDAuNywwLjUsMC4zLDAuMiwwLjEsMC4wMV19LCJib3VuZCI6eyJwaWN0dXJlcyI6MzIsInNlZWQiOjN9LCJzYW1wbGVycyI6eyJhIjp7InN0ZXBzIjo1MCwiZXRhIjowLjV9fSwicG9pbnRzIjp7InNldCI6ImRyYXduIiwiZHJhd24iOiJBQV9fZ0FnQXZfUUEifX19`,
  edited: `${page}?s=2.eyJ2aWV3cyI6eyJlZGl0ZWQiOnsiZHJhd2luZyI6eyJkYXRhc2V0IjoiZGlnaXRzIiwic2l6ZSI6OCwiY2hhbm5lbHMiOjEsInBpY3R1cmUiOiItODhBQldReUFBIn0sIm1hc2tlZCI6eyJkYXRhc2V0IjoiZGlnaXRzIiwic2l6ZSI6OCwiY2hhbm5lbHMiOjEsImV4YW1wbGUiOjEyLCJwaWN0dXJlIjoiIiwiaG9sZSI6IkFBQUFBQUQtX184In19fX0`,
  nothingButTheBase: `${page}?s=1.e30#/reverse`,
  other: `${page}?s=1.eyJkYXRhc2V0IjoiZmFzaGlvbi0xNiIsInRpdGxlIjoiRmFzaGlvbi1NTklTVCAxNsOXMTYiLCJvcmlnaW4iOiJvd24iLCJtb2RlbCI6eyJjaE11bHRzIjpbMSwyLDJdLCJpc0F0dG4iOltmYWxzZSxmYWxzZSx0cnVlXSwiblN0ZXBzIjoyMDAsInNjaGVkdWxlIjoiY29zaW5lIn0sInNhbXBsaW5nIjp7InNlZWQiOjc3LCJzYW1wbGVyIjoiZGRpbSIsInN0ZXBzIjo0MCwiZXRhIjowLjUsImNsYXNzZXMiOjN9LCJmb3J3YXJkIjp7ImV4YW1wbGVJbmRleCI6MTIsInQiOjU1LCJub2lzZVNlZWQiOjl9fQ`,
};

describe('links', () => {
  it('made when links began open, to the same as then', () => {
    expect(readLink(frozen.nothingButTheBase)).toEqual({ shared: base, problem: null });
    expect(readLink(frozen.other)).toEqual({ shared: other, problem: null });
  });

  it('made when links began to hold the views open, to the same as then', () => {
    expect(readLink(frozen.views)).toEqual({ shared: views, problem: null });
    expect(linkTo(page, views), 'who cannot show the views says so').toMatch(/\?s=2\./);
    expect(readLink(frozen.edited)).toEqual({
      shared: withViews({ edited: { drawing, masked } }),
      problem: null,
    });
    expect(linkTo(page, other), 'without any, pages of before can read it').toMatch(/\?s=1\./);
  });

  it('hold a drawing and a hole, and leave out what would make them too long', () => {
    const all = withViews({ edited: { drawing, masked } });
    const short = shortLinkTo(page, all);
    expect(short).toEqual({ link: linkTo(page, all), leftOut: [] });
    expect(short.link.length).toBeLessThan(600);
    expect(readLink(short.link).shared).toEqual(all);
    const long = shortLinkTo(page, withViews({ edited: { drawing: noise, masked } }));
    expect(long).toEqual({
      link: linkTo(page, withViews({ edited: { drawing: null, masked } })),
      leftOut: ['drawing'],
    });
    expect(shortLinkTo(page, other)).toEqual({ link: linkTo(page, other), leftOut: [] });
  });

  it('hold as many drawn points as there can be', () => {
    const drawn = encodePoints(new Float32Array(2 * MOST_POINTS).map((_, i) => Math.sin(i)));
    const link = linkTo(page, {
      ...withViews({ ...views.views, points: { ...base.views.points, set: 'drawn', drawn } }),
      title: 'x'.repeat(200),
    });
    expect(link.length).toBeLessThan(8000);
    expect(readLink(link).shared?.views.points).toMatchObject({ drawn });
    expect(encodePoints(decodePoints(drawn) as Float32Array)).toBe(drawn);
  });

  it('what a link leaves out never changes its meaning', () => {
    expect(base).toMatchInlineSnapshot(`
      {
        "dataset": "digits",
        "forward": {
          "exampleIndex": 0,
          "noiseSeed": 1,
          "t": 200,
        },
        "model": {
          "chMults": [
            1,
            2,
          ],
          "dropout": 0,
          "isAttn": [
            false,
            true,
          ],
          "learnedVariance": false,
          "nBlocks": 1,
          "nChannels": 32,
          "nClasses": 0,
          "nFinalGroups": 8,
          "nGroups": 32,
          "nSteps": 1000,
          "objective": "epsilon",
          "schedule": "linear",
        },
        "origin": "shipped",
        "sampling": {
          "classes": "each",
          "clipX0": true,
          "count": 16,
          "eta": 0,
          "guidance": 2,
          "noiseAtEnd": false,
          "sampler": "ancestral",
          "seed": 1,
          "spacing": "even",
          "steps": "all",
          "variance": "beta",
          "weights": "ema",
        },
        "seed": 1,
        "title": "Digits",
        "training": {
          "batchSize": 64,
          "classDropout": 0.1,
          "continuousTime": undefined,
          "emaDecay": 0.995,
          "learningRate": 0.002,
          "lossWeight": undefined,
          "preview": {
            "count": 16,
            "samplerSteps": 25,
            "seed": 1,
          },
          "snrGamma": undefined,
          "steps": 4000,
          "timeSampling": undefined,
        },
        "views": {
          "bound": {
            "clipX0": true,
            "pictures": 64,
            "seed": 1,
            "stretches": 40,
            "variance": "beta",
          },
          "classGrid": {
            "seed": 2,
            "steps": 40,
          },
          "classGuess": {
            "example": 3,
            "guidance": 2,
            "label": 8,
            "seed": 1,
            "t": 450,
          },
          "distillation": {
            "batchSize": 64,
            "emaDecay": 0.99,
            "guidance": 0,
            "learningRate": 0.0005,
            "method": "progressive",
            "pairs": 4096,
            "samples": 64,
            "seed": 1,
            "steps": 1000,
            "studentSteps": 1,
            "teacherSteps": 16,
          },
          "edited": {
            "drawing": null,
            "masked": null,
          },
          "forwardLab": {
            "drawn": [
              0.875,
              0.75,
              0.625,
              0.5,
              0.375,
              0.25,
              0.125,
              0.004,
            ],
            "first": "linear",
            "second": "cosine",
            "seed": 1,
            "t": 200,
          },
          "inpainting": {
            "count": 8,
            "jumpLength": 10,
            "resamplings": 5,
            "seed": 1,
            "steps": 100,
          },
          "interpolation": {
            "blend": "linear",
            "from": 0,
            "noise": "same",
            "place": 20,
            "sampler": "ddim",
            "seed": 1,
            "steps": 25,
            "t": 400,
            "to": 1,
          },
          "network": {
            "block": "down.0.res",
            "changes": [],
            "channel": 0,
            "colour": 0,
            "column": 4,
            "health": false,
            "index": 0,
            "of": "eps",
            "order": "index",
            "row": 3,
            "scale": "block",
            "seed": 1,
            "t": 300,
            "tellClass": true,
          },
          "pictureToPicture": {
            "count": 8,
            "sampler": "ddim",
            "seed": 1,
            "steps": 25,
            "t": 450,
          },
          "points": {
            "batchSize": 256,
            "count": 256,
            "direction": "reverse",
            "drawn": "",
            "duration": 5,
            "emaDecay": 0.995,
            "eta": 0,
            "layers": 3,
            "learningRate": 0.003,
            "nSteps": 200,
            "noise": 0.08,
            "quantity": "epsilon",
            "sampler": "ddim",
            "samplerSteps": 50,
            "schedule": "cosine",
            "seed": 1,
            "set": "moons",
            "shown": "learned",
            "time": 60,
            "width": 96,
          },
          "quality": {
            "count": 64,
            "every": 500,
            "guidance": 0,
            "sampler": "ddim",
            "seed": 1,
            "steps": 25,
            "whileTraining": false,
          },
          "reverseStep": {
            "clipX0": false,
            "index": 0,
            "seed": 1,
            "t": 300,
            "variance": "beta",
          },
          "samplers": {
            "a": {
              "eta": 0,
              "noiseAtEnd": false,
              "sampler": "ddim",
              "spacing": "even",
              "steps": 20,
              "variance": "beta",
            },
            "b": {
              "eta": 0,
              "noiseAtEnd": false,
              "sampler": "dpmSolver",
              "spacing": "logSnr",
              "steps": 10,
              "variance": "beta",
            },
            "clipX0": true,
            "count": 16,
            "reference": "ddim",
            "samples": 64,
            "seed": 1,
            "seeds": 1,
            "spacing": null,
          },
        },
      }
    `);
  });

  it('hold the state, in few characters, and keep the view', () => {
    const link = linkTo(`${page}index.html?backend=cpu#/samplers`, other);
    expect(link).toMatch(/^https:\/\/example\.org\/play\/index\.html\?s=1\.[\w-]+#\/samplers$/);
    expect(link.length).toBeLessThan(600);
    expect(readLink(link).shared).toEqual(other);
    expect(withoutLink(link)).toBe(`${page}index.html#/samplers`);
    expect(readLink(withoutLink(link))).toEqual({ shared: null, problem: null });
  });

  it('that are damaged, of the future or far too long say so, and bring nothing', () => {
    const link = linkTo(page, other);
    const edited = (pictures: object) =>
      linkTo(page, withViews({ edited: { ...base.views.edited, ...pictures } }));
    const problems = {
      [link.slice(0, -7)]: /damaged/,
      [`${page}?s=`]: /damaged/,
      [`${page}?s=hello`]: /damaged/,
      [`${page}?s=1.${'A'.repeat(1_000_000)}`]: /1,000,002 characters long/,
      [link.replace('s=1.', 's=3.')]: /newer version/,
      [linkTo(page, withViews({ bound: { ...base.views.bound, seed: -1 } }))]:
        /its views\.bound\.seed is nothing/,
      [linkTo(page, withViews({ points: { ...base.views.points, drawn: 'AAA' } }))]:
        /its views\.points\.drawn is nothing/,
      [edited({ drawing: { ...drawing, size: 9 } })]: /its views\.edited\.drawing is nothing/,
      [edited({ drawing: { ...drawing, picture: drawing.picture.slice(2) } })]: /edited\.drawing is nothing/,
      [edited({ drawing: { ...drawing, dataset: 'nothing' } })]: /edited\.drawing\.dataset is nothing/,
      [edited({ masked: { ...masked, hole: 'AAA' } })]: /edited\.masked is nothing/,
      [edited({ masked: { ...masked, example: null } })]: /edited\.masked is nothing/,
      [linkTo(page, { ...other, dataset: 'nothing' as 'digits' })]: /its dataset is nothing/,
      [linkTo(page, { ...other, sampling: { ...other.sampling, count: 1e6 } })]:
        /its sampling\.count is nothing/,
      [linkTo(page, { ...other, model: { ...other.model, isAttn: [] } })]: /its model is nothing/,
      [`${page}?s=1.${btoa('[[[').replaceAll('=', '')}`]: /damaged/,
      [`${page}?s=1.${btoa('5').replaceAll('=', '')}`]: /nothing that this page knows/,
    };
    for (const [address, problem] of Object.entries(problems)) {
      const read = readLink(address);
      expect(read.shared).toBeNull();
      expect(read.problem).toMatch(problem);
    }
  });

  it('of any text never throw', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { shared, problem } = readLink(`${page}?s=1.${encodeURIComponent(text)}`);
        expect(shared === null).toBe(problem !== null);
      }),
    );
  });

  it('of any state hold it', () => {
    const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(
        seeds,
        seeds,
        fc.string({ maxLength: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b, title, eta) => {
          const state = {
            ...other,
            seed: a,
            title: plainName(title),
            sampling: { ...other.sampling, seed: b, eta: eta + 0 },
          };
          expect(readLink(linkTo(page, state)).shared).toEqual(state);
        },
      ),
    );
  });
});
