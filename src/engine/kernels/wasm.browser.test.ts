import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { startWasm } from '../backend/wasm';
import { assertAgreement } from './agreement';
import { fusedOperations } from './fused';
import { operationCases } from './operationCases';
import { referenceOperations } from './reference';

beforeAll(async () => {
  await tf.setBackend('cpu');
  expect(await startWasm({ threads: 2 })).toMatchObject({ threads: 2, shared: true });
});

describe('fused operations on wasm, in a browser, agree with the reference on cpu', () => {
  for (const [name, cases] of Object.entries(operationCases(65))) {
    test(name, () =>
      fc.assert(
        fc.asyncProperty(cases, (operationCase) =>
          assertAgreement(operationCase, {
            operations: fusedOperations,
            backend: 'wasm',
            reference: referenceOperations,
            referenceBackend: 'cpu',
            tolerance: 1e-5,
          }),
        ),
        { numRuns: 20 },
      ),
    );
  }
});
