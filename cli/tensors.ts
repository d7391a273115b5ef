import { allFinite } from '../src/engine/allFinite';
import { floatData, holdsFloats } from '../src/engine/checkpoint/model';
import { openTensorFile } from '../src/engine/checkpoint/openTensorFile';
import type { FileTensor } from '../src/engine/checkpoint/safetensors';
import type { TensorFile } from '../src/engine/checkpoint/tensorFile';
import { floatsOf, type Halves } from '../src/engine/halves';
import type { ModelConfig } from '../src/engine/unet/config';
import { CommandError } from './errors';
import { readAs } from './files';

/** Tensors of a file, checked one by one as a command asks for them. All errors name the file and the tensor. */
export class TensorInputs {
  readonly #path: string;
  readonly #file: TensorFile;

  private constructor(path: string, file: TensorFile) {
    this.#path = path;
    this.#file = file;
  }

  static async open(path: string): Promise<TensorInputs> {
    return new TensorInputs(path, await readAs(path, openTensorFile));
  }

  has(name: string): boolean {
    return this.#file.entries.has(name);
  }

  /** Width of the images in a tensor […,H,W]; undefined where there is none. */
  imageSize(name: string): number | undefined {
    return this.#file.entries.get(name)?.shape.at(-1);
  }

  /** A tensor of finite floating-point numbers. */
  floats(name: string): { shape: number[]; data: Float32Array } {
    const tensor = this.#tensor(name);
    const { shape, dtype } = tensor;
    if (!holdsFloats(dtype))
      throw this.#refuse(name, `is ${dtype}, but must hold floating-point numbers (float32)`);
    const values = floatData(name, tensor);
    if (!values.every(Number.isFinite)) throw this.#refuse(name, 'holds NaN or infinity');
    return { shape, data: values };
  }

  /** Whole numbers, one for each of `count` images, each from 0 to below `limit`. */
  wholeNumbers(name: string, count: number, limit: number): Int32Array {
    const { shape, dtype, data } = this.#tensor(name);
    if (!/^[IU]\d/.test(dtype)) {
      throw this.#refuse(name, `is ${dtype}, but must hold whole numbers (int32)`);
    }
    this.#checkShape(name, shape, [count]);
    const values = Array.from(data, Number);
    const beyond = values.find((value) => value < 0 || value >= limit);
    if (beyond !== undefined) throw this.#refuse(name, `holds ${beyond}; it must be from 0 to ${limit - 1}`);
    return Int32Array.from(values);
  }

  /** Images `[…,B,C,H,W]` of the model's size; `leading` gives the sizes before C, where they are known. */
  images(name: string, config: ModelConfig, leading: (number | undefined)[]) {
    const { shape, data } = this.floats(name);
    const { imageChannels, imageSize } = config;
    this.#checkShape(name, shape, [...leading, imageChannels, imageSize, imageSize]);
    return { shape, data };
  }

  #tensor(name: string): FileTensor {
    if (this.has(name)) return this.#file.read([name]).get(name) as FileTensor;
    const names = [...this.#file.entries.keys()].slice(0, 8).join(', ');
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

/** Throws CommandError that names the first tensor with a number that is not finite; `what` the tensors are. */
export function checkFinite(
  tensors: ReadonlyMap<string, { data: Float32Array | Halves }>,
  what: string,
): void {
  for (const [name, { data }] of tensors)
    if (!allFinite(floatsOf(data)))
      throw new CommandError(
        `${what} '${name}' is NaN or infinite: the model's weights are too large, or its inputs.`,
      );
}
