import { damaged, type PickleValue } from './pickleValues';

/** Digits of a whole number are read up to here; Python has no limit. */
const LONGEST_INTEGER = 1024;
const NEWLINE = 0x0a;
const decoder = new TextDecoder();

/** Where a pickle's program has got to: its place in the bytes, its stack, and what it has kept. Throws TorchFileError. */
export class PickleMachine {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #stack: PickleValue[] = [];
  /** Heights of the stack at its marks. */
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, PickleValue>();

  constructor(
    bytes: Uint8Array,
    public at: number,
  ) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  push(value: PickleValue): void {
    this.#stack.push(value);
  }

  pop(): PickleValue {
    const value = this.top();
    this.#stack.pop();
    return value;
  }

  /** The last so many values, in the order in which they were pushed. */
  popLast(count: number): PickleValue[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  top(): PickleValue {
    if (this.#stack.length <= (this.#marks.at(-1) ?? 0)) throw damaged('takes a value that is not there');
    return this.#stack.at(-1) as PickleValue;
  }

  mark(): void {
    this.#marks.push(this.#stack.length);
  }

  popToMark(): PickleValue[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw damaged('takes a mark that is not there');
    return this.#stack.splice(mark);
  }

  /** The only value that is left. */
  result(): PickleValue {
    const value = this.pop();
    if (this.#stack.length > 0 || this.#marks.length > 0) throw damaged('leaves values behind');
    return value;
  }

  append(items: PickleValue[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw damaged('appends to what is no list');
    for (const item of items) list.push(item);
  }

  setItems(items: PickleValue[]): void {
    const dict = this.top();
    if (!(dict instanceof Map) || items.length % 2 !== 0) throw damaged('sets items of what is no dict');
    for (let i = 0; i < items.length; i += 2) dict.set(items[i] as PickleValue, items[i + 1] as PickleValue);
  }

  /** Keeps the top of the stack, by default in the next place. */
  keep(place = this.#memo.size): void {
    this.#memo.set(place, this.top());
  }

  recall(place: number): void {
    const value = this.#memo.get(place);
    if (value === undefined) throw damaged('asks for a value that it has not kept');
    this.push(value);
  }

  byte(): number {
    return this.#bytes[this.skip(1)] as number;
  }

  uint16(): number {
    return this.#view.getUint16(this.skip(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.skip(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.skip(4), true);
  }

  uint64(): number {
    return Number(this.#view.getBigUint64(this.skip(8), true));
  }

  float64(): number {
    return this.#view.getFloat64(this.skip(8), false);
  }

  text(length: number): string {
    const start = this.skip(length);
    return decoder.decode(this.#bytes.subarray(start, start + length));
  }

  line(): string {
    const end = this.#bytes.indexOf(NEWLINE, this.at);
    if (end < 0) throw damaged('is cut off');
    const text = this.text(end - this.at);
    this.at++;
    return text;
  }

  /** A whole number of so many bytes, two's complement, little-endian. */
  integer(length: number): number | bigint {
    if (length > LONGEST_INTEGER) throw damaged(`has a whole number of ${length} bytes`);
    const start = this.skip(length);
    if (length === 0) return 0;
    const digits = Array.from(this.#bytes.subarray(start, start + length), (byte) =>
      byte.toString(16).padStart(2, '0'),
    );
    const hex = digits.reverse().join('');
    const value = BigInt.asIntN(8 * length, BigInt(`0x${hex}`));
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }

  /** Moves over so many bytes; where they begin. */
  skip(count: number): number {
    const start = this.at;
    if (count > this.#bytes.length - start) throw damaged('is cut off');
    this.at += count;
    return start;
  }
}
