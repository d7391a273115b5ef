import { parseAst } from 'vite';

/** A text with one plausible fault. */
export interface Mutant {
  /** From 1. */
  line: number;
  /** What stood there, and what stands there now. */
  from: string;
  to: string;
  text: string;
}

interface Node {
  type: string;
  start: number;
  end: number;
  [part: string]: unknown;
}

const otherOperators: Readonly<Record<string, string>> = {
  ...{ '+': '-', '-': '+', '*': '/', '/': '*', '**': '*', '%': '*' },
  ...{ '<': '<=', '<=': '<', '>': '>=', '>=': '>', '===': '!==', '!==': '===' },
  ...{ '&&': '||', '||': '&&', '??': '&&' },
};
const otherFunctions: Readonly<Record<string, string>> = {
  ...{
    min: 'max',
    max: 'min',
    floor: 'ceil',
    ceil: 'floor',
    sin: 'cos',
    cos: 'sin',
    some: 'every',
    every: 'some',
  },
};
/** What a fault cannot be in: types, and words for people. */
const passedOver = /^(TS(?!AsExpression|NonNull|Satisfies)|Import|ExportAll|ThrowStatement|TemplateLiteral)/;

/** All mutants of a TypeScript text: one operator, number, condition, function or call is another, or gone. */
export function mutantsOf(text: string): Mutant[] {
  const mutants: Mutant[] = [];
  const put = (start: number, end: number, to: string) => {
    const line = text.slice(0, start).split('\n').length;
    mutants.push({
      line,
      from: text.slice(start, end),
      to,
      text: text.slice(0, start) + to + text.slice(end),
    });
  };
  visit(parseAst(text, { lang: 'ts' }) as unknown as Node);
  return mutants;

  function visit(node: Node): void {
    if (passedOver.test(node.type)) return;
    mutate(node);
    for (const part of Object.values(node)) {
      for (const child of Array.isArray(part) ? part : [part])
        if (child && typeof (child as Node).type === 'string') visit(child as Node);
    }
  }

  function mutate(node: Node): void {
    const { type, start, end } = node;
    const source = (part: unknown) => text.slice((part as Node).start, (part as Node).end);
    if (type === 'BinaryExpression' || type === 'LogicalExpression') {
      const [left, right] = [node.left as Node, node.right as Node];
      const other = otherOperators[node.operator as string];
      const isText = [left, right].some(
        (side) => side.type === 'TemplateLiteral' || typeof side.value === 'string',
      );
      const at = text.indexOf(node.operator as string, left.end);
      if (other && !(isText && node.operator === '+')) put(at, at + (node.operator as string).length, other);
    } else if (type === 'Literal' && typeof node.value === 'number') {
      put(start, end, node.value === 0 ? '1' : `(${source(node)} + 1)`);
    } else if (type === 'Literal' && typeof node.value === 'boolean') put(start, end, String(!node.value));
    else if (type === 'UnaryExpression' && (node.operator === '!' || node.operator === '-'))
      put(start, end, source(node.argument));
    else if (type === 'ConditionalExpression')
      put(start, end, `${source(node.test)} ? ${source(node.alternate)} : ${source(node.consequent)}`);
    else if (type === 'ExpressionStatement' && (node.expression as Node).type === 'CallExpression')
      put(start, end, ';');
    else if (type === 'MemberExpression' && !node.computed) {
      const { start: from, end: to } = node.property as Node;
      const name = text.slice(from, to);
      // Every object has a `toString`, this table too.
      if (Object.hasOwn(otherFunctions, name)) put(from, to, otherFunctions[name] as string);
    }
  }
}
