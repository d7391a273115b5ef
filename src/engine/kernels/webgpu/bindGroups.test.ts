import { BufferManager } from '@tensorflow/tfjs-backend-webgpu/dist/buffer_manager';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TfjsWebgpuBackend } from './backend';
import { BindGroups, MOST_BIND_GROUPS } from './bindGroups';
import { handOutOldestFirst, ordinalOf } from './bufferOrder';

/** A device that makes things which are nothing but what they were asked to be. */
const device = {
  createBuffer: ({ size, usage }: GPUBufferDescriptor) => ({ size, usage, destroy: () => {} }),
  createBindGroup: (descriptor: GPUBindGroupDescriptor) => descriptor,
} as unknown as GPUDevice;
const layout = {} as GPUBindGroupLayout;
const bufferOf = (size: number) => device.createBuffer({ size, usage: 1 });

describe('the pool of buffers', () => {
  test('hands out the oldest that is free, whatever came back when', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(20)), { maxLength: 60 }), (moves) => {
        const bufferManager = new BufferManager(device);
        handOutOldestFirst({ bufferManager } as unknown as TfjsWebgpuBackend);
        const used: GPUBuffer[] = [];
        const free: GPUBuffer[] = [];
        for (const [size, at] of moves) {
          const [back] = used.splice(at, 1);
          if (back) {
            bufferManager.releaseBuffer(back);
            free.push(back);
            continue;
          }
          const fitting = free.filter((buffer) => buffer.size === size);
          const [oldest] = fitting.sort((a, b) => ordinalOf(a) - ordinalOf(b));
          const given = bufferManager.acquireBuffer(size, 1);
          if (oldest) {
            expect(given).toBe(oldest);
            free.splice(free.indexOf(oldest), 1);
          } else expect(ordinalOf(given)).toBeGreaterThan(Math.max(-1, ...used.map(ordinalOf)));
          used.push(given);
        }
        expect(bufferManager.getNumFreeBuffers()).toBe(free.length);
      }),
    );
  });

  test('keeps none that is not to be used again', () => {
    const bufferManager = new BufferManager(device);
    handOutOldestFirst({ bufferManager } as unknown as TfjsWebgpuBackend);
    const [first, second] = [bufferManager.acquireBuffer(4, 1), bufferManager.acquireBuffer(4, 1)];
    bufferManager.releaseBuffer(second);
    bufferManager.releaseBuffer(first, false);
    expect(bufferManager.acquireBuffer(4, 1)).toBe(second);
  });
});

describe('bind groups', () => {
  test('are made once for the same places in the same buffers', () => {
    const groups = new BindGroups(device, layout);
    const [a, b] = [bufferOf(1024), bufferOf(1024)];
    const bound = [
      [{ buffer: a }, { buffer: b }],
      [{ buffer: b }, { buffer: a }],
      [{ buffer: a }, { buffer: a }],
      [{ buffer: a, offset: 256 }, { buffer: b }],
      [{ buffer: a, offset: 256, size: 256 }, { buffer: b }],
      [{ buffer: a, offset: 0, size: 256 }, { buffer: b }],
    ];
    const made = bound.map((bindings) => groups.of(bindings));
    expect(new Set(made).size).toBe(bound.length);
    expect(bound.map((bindings) => groups.of(bindings))).toEqual(made);
    for (const [i, bindings] of bound.entries()) {
      expect(groups.of(bindings)).toBe(made[i]);
      const entries = bindings.map((resource, binding) => ({ binding, resource }));
      expect(made[i]).toEqual({ layout, entries });
    }
  });

  test('are forgotten, the oldest first, where there would be too many', () => {
    const groups = new BindGroups(device, layout);
    const buffers = Array.from({ length: MOST_BIND_GROUPS + 1 }, () => bufferOf(4));
    const made = buffers.map((buffer) => groups.of([{ buffer }]));
    expect(groups.of([{ buffer: buffers[1] as GPUBuffer }])).toBe(made[1]);
    expect(groups.of([{ buffer: buffers[0] as GPUBuffer }])).not.toBe(made[0]);
    expect(groups.of([{ buffer: buffers[1] as GPUBuffer }])).not.toBe(made[1]);
  });
});
