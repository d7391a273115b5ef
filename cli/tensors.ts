import type { SafetensorsFile } from '../src/engine/checkpoint/safetensors';
import { readSafetensors } from '../src/engine/checkpoint/safetensors';
import { floatsOf } from '../src/engine/halves';
import type { ModelConfig } from '../src/engine/unet/config';
import { CommandError } from './errors';
import { readAs } from './files';

/** Tensors of a file, checked one by one as a command asks for them. All errors name the file and the tensor. */
export class TensorInputs {
  readonly #path: string;
  readonly #tensors: SafetensorsFile['tensors'];

  private constructor(path: string, { tensors }: SafetensorsFile) {
    this.#path = path;
    this.#tensors = tensors;
  }

  static async open(path: string): Promise<TensorInputs> {
    return new TensorInputs(path, await readAs(path, readSafetensors));
  }

  has(name: string): boolean {
    return this.#tensors.has(name);
  }

  /** A tensor of finite floating-point numbers. */
  floats(name: string): { shape: number[]; data: Float32Array } {
    const { shape, dtype, data } = this.#tensor(name);
    if (!(data instanceof Float32Array || data instanceof Float64Array || data instanceof Uint16Array)) {
      throw this.#refuse(name, `is ${dtype}, but must hold floating-point numbers (float32)`);
    }
    const values = data instanceof Uint16Array ? floatsOf(data) : Float32Array.from(data);
    if (!values.every(Number.isFinite)) throw this.#refuse(name, 'holds NaN or infinity');
    return { shape, data: values };
  }

  /** Whole numbers, one for each of `count` pictures, each from 0 to below `limit`. */
  wholeNumbers(name: string, count: number, limit: number): Int32Array {
    const { shape, dtype, data } = this.#tensor(name);
    if (!(data instanceof Int32Array || data instanceof BigInt64Array || data instanceof Uint8Array)) {
      throw this.#refuse(name, `is ${dtype}, but must hold whole numbers (int32)`);
    }
    this.#checkShape(name, shape, [count]);
    const values = Array.from(data, Number);
    const beyond = values.find((value) => value < 0 || value >= limit);
    if (beyond !== undefined) throw this.#refuse(name, `holds ${beyond}; it must be from 0 to ${limit - 1}`);
    return Int32Array.from(values);
  }

  /** Pictures `[…,B,C,H,W]` of the model's size; `leading` gives the sizes before C, where they are known. */
  pictures(name: string, config: ModelConfig, leading: (number | undefined)[]) {
    const { shape, data } = this.floats(name);
    const { imageChannels, imageSize } = config;
    this.#checkShape(name, shape, [...leading, imageChannels, imageSize, imageSize]);
    return { shape, data };
  }

  #tensor(name: string) {
    const tensor = this.#tensors.get(name);
    if (tensor) return tensor;
    const names = [...this.#tensors.keys()].slice(0, 8).join(', ');
    throw new CommandError(`${this.#path} has no tensor '${name}'; it has: ${names || 'none'}.`);
  }

  #checkShape(name: string, actual: number[], expected: (number | undefined)[]): void {
    const fits =
      actual.length === expected.length &&
      expected.every((size, i) => size === undefined || size === actual[i]);
    if (fits && !actual.includes(0)) return;
    const wanted = expected.map((size) => size ?? 'any').join();
    throw this.#refuse(name, `has the shape [${actual}], but needs [${wanted}]`);
  }

  #refuse(name: string, what: string): CommandError {
    return new CommandError(`${this.#path}: the tensor '${name}' ${what}.`);
  }
}
