type Leaf = string | number | boolean | null | undefined | readonly unknown[] | ArrayBufferView;

/** Paths of the leaves of nested values: 'seed' | 'preview.count'. */
export type PathOf<Values> = {
  [Name in keyof Values & string]-?: Values[Name] extends Leaf
    ? Name
    : Values[Name] extends object
      ? `${Name}.${PathOf<Values[Name]>}`
      : Name;
}[keyof Values & string];

/** Type of the value at a path. */
export type At<Values, Path extends string> = Path extends keyof Values
  ? Values[Path]
  : Path extends `${infer Name}.${infer Rest}`
    ? Name extends keyof Values
      ? At<Values[Name], Rest>
      : never
    : never;

export type Patch<Values, Path extends string = PathOf<Values>> = { readonly [P in Path]?: At<Values, P> };

/** The value at a path. */
export function at(values: object, path: string): unknown {
  return path.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown>)?.[name], values);
}

/** The values with others at some paths; what does not change stays the same object. */
export function patched<Values extends object>(
  values: Values,
  patch: Readonly<Record<string, unknown>>,
): Values {
  return Object.entries(patch).reduce((all, [path, value]) => withValue(all, path.split('.'), value), values);
}

function withValue<Values extends object>(
  values: Values,
  [name = '', ...rest]: string[],
  value: unknown,
): Values {
  const before = (values as Record<string, unknown>)[name];
  const next = rest.length === 0 ? value : withValue((before ?? {}) as object, rest, value);
  return before === next && name in values ? values : { ...values, [name]: next };
}
