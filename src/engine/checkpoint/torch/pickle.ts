import { PickleMachine } from './pickleMachine';
import {
  built,
  damaged,
  type Global,
  Opaque,
  type PickleValue,
  setState,
  TorchFileError,
} from './pickleValues';

export interface PickleEnvironment {
  /** The class or function of a name. Throws TorchFileError for one that is not known. */
  find(name: string): Global;
  /** What stands for a persistent id. */
  load(id: PickleValue): PickleValue;
}

/** What a pickle of a large checkpoint stays well below: the losses of a million steps take a million operations. */
const MOST_OPERATIONS = 4e6;
/** Lists, dicts and objects; a parameter takes about ten with its optimizer's state. */
const MOST_OBJECTS = 1e6;

const STOP = 0x2e;

/**
 * Reads one pickle of protocols 2 to 5, from `start`. It is a program for a stack machine: this one knows the operations
 * that data need, runs each once, in order, and calls nothing but what `environment` makes of a name. Throws TorchFileError.
 */
export function readPickle(
  bytes: Uint8Array,
  environment: PickleEnvironment,
  start = 0,
): { value: PickleValue; end: number } {
  const machine = new PickleMachine(bytes, start);
  let objects = 0;
  for (let count = 0; count < MOST_OPERATIONS; count++) {
    const { at } = machine;
    const code = machine.byte();
    if (code === STOP) return { value: machine.result(), end: machine.at };
    const operation = operations.get(code);
    if (!operation) {
      throw new TorchFileError(
        `Its pickle has the operation 0x${code.toString(16)} at byte ${at}, which no state dict needs: it is not read.`,
      );
    }
    operation(machine, environment);
    if (creators.has(code) && ++objects > MOST_OBJECTS)
      throw new TorchFileError(`Its pickle has more than ${MOST_OBJECTS.toLocaleString('en')} objects.`);
  }
  throw new TorchFileError(`Its pickle has more than ${MOST_OPERATIONS.toLocaleString('en')} operations.`);
}

type Operation = (machine: PickleMachine, environment: PickleEnvironment) => void;

/** By Python's names in pickletools. */
const table: [name: string, code: number, operation: Operation][] = [
  ['PROTO', 0x80, (machine) => checkProtocol(machine.byte())],
  ['FRAME', 0x95, (machine) => machine.skip(8)],
  ['MARK', 0x28, (machine) => machine.mark()],
  ['NONE', 0x4e, (machine) => machine.push(null)],
  ['NEWTRUE', 0x88, (machine) => machine.push(true)],
  ['NEWFALSE', 0x89, (machine) => machine.push(false)],
  ['BININT', 0x4a, (machine) => machine.push(machine.int32())],
  ['BININT1', 0x4b, (machine) => machine.push(machine.byte())],
  ['BININT2', 0x4d, (machine) => machine.push(machine.uint16())],
  ['BINFLOAT', 0x47, (machine) => machine.push(machine.float64())],
  ['LONG1', 0x8a, (machine) => machine.push(machine.integer(machine.byte()))],
  ['LONG4', 0x8b, (machine) => machine.push(machine.integer(machine.uint32()))],
  ['SHORT_BINSTRING', 0x55, (machine) => machine.push(machine.text(machine.byte()))],
  ['BINSTRING', 0x54, (machine) => machine.push(machine.text(machine.uint32()))],
  ['SHORT_BINUNICODE', 0x8c, (machine) => machine.push(machine.text(machine.byte()))],
  ['BINUNICODE', 0x58, (machine) => machine.push(machine.text(machine.uint32()))],
  ['BINUNICODE8', 0x8d, (machine) => machine.push(machine.text(machine.uint64()))],
  ['SHORT_BINBYTES', 0x43, (machine) => pushBytes(machine, machine.byte())],
  ['BINBYTES', 0x42, (machine) => pushBytes(machine, machine.uint32())],
  ['BINBYTES8', 0x8e, (machine) => pushBytes(machine, machine.uint64())],
  ['BYTEARRAY8', 0x96, (machine) => pushBytes(machine, machine.uint64())],
  ['EMPTY_TUPLE', 0x29, (machine) => machine.push([])],
  ['EMPTY_LIST', 0x5d, (machine) => machine.push([])],
  ['EMPTY_SET', 0x8f, (machine) => machine.push([])],
  ['EMPTY_DICT', 0x7d, (machine) => machine.push(new Map())],
  ['TUPLE1', 0x85, (machine) => machine.push(machine.popLast(1))],
  ['TUPLE2', 0x86, (machine) => machine.push(machine.popLast(2))],
  ['TUPLE3', 0x87, (machine) => machine.push(machine.popLast(3))],
  ['TUPLE', 0x74, (machine) => machine.push(machine.popToMark())],
  ['LIST', 0x6c, (machine) => machine.push(machine.popToMark())],
  ['FROZENSET', 0x91, (machine) => machine.push(machine.popToMark())],
  ['APPEND', 0x61, (machine) => machine.append(machine.popLast(1))],
  ['APPENDS', 0x65, (machine) => machine.append(machine.popToMark())],
  ['ADDITEMS', 0x90, (machine) => machine.append(machine.popToMark())],
  ['SETITEM', 0x73, (machine) => machine.setItems(machine.popLast(2))],
  ['SETITEMS', 0x75, (machine) => machine.setItems(machine.popToMark())],
  ['BINPUT', 0x71, (machine) => machine.keep(machine.byte())],
  ['LONG_BINPUT', 0x72, (machine) => machine.keep(machine.uint32())],
  ['MEMOIZE', 0x94, (machine) => machine.keep()],
  ['BINGET', 0x68, (machine) => machine.recall(machine.byte())],
  ['LONG_BINGET', 0x6a, (machine) => machine.recall(machine.uint32())],
  ['GLOBAL', 0x63, (machine, { find }) => machine.push(find(`${machine.line()}.${machine.line()}`))],
  ['STACK_GLOBAL', 0x93, (machine, { find }) => machine.push(find(nameOf(machine.popLast(2))))],
  ['REDUCE', 0x52, call],
  ['NEWOBJ', 0x81, call],
  ['BUILD', 0x62, build],
  ['BINPERSID', 0x51, (machine, { load }) => machine.push(load(machine.pop()))],
];
const operations = new Map(table.map(([, code, operation]) => [code, operation]));
const creators = new Set(
  table.flatMap(([name, code]) =>
    /EMPTY|TUPLE|LIST|SET$|BYTES|BYTEARRAY|REDUCE|NEWOBJ|PERSID/.test(name) ? [code] : [],
  ),
);

function checkProtocol(version: number): void {
  if (version < 2 || version > 5)
    throw new TorchFileError(`Its pickle is of protocol ${version}; protocols 2 to 5 are read.`);
}

function pushBytes(machine: PickleMachine, length: number): void {
  machine.skip(length);
  machine.push(new Opaque('bytes'));
}

function nameOf([module, name]: PickleValue[]): string {
  if (typeof name !== 'string' || typeof module !== 'string') throw damaged('names no class');
  return `${module}.${name}`;
}

function call(machine: PickleMachine): void {
  const [global, parameters] = machine.popLast(2) as [PickleValue, PickleValue];
  machine.push(built(global, parameters));
}

function build(machine: PickleMachine): void {
  const state = machine.pop();
  setState(machine.top(), state);
}
