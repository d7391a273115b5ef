type Json = Record<string, unknown>;

/** The fields of `value` that are not as in `from`, at any depth; undefined for none. */
export function different(from: unknown, value: unknown): unknown {
  if (!isRecord(value) || !isRecord(from))
    return JSON.stringify(from) === JSON.stringify(value) ? undefined : value;
  const fields = Object.entries(value)
    .map(([name, field]) => [name, different(from[name], field)] as const)
    .filter(([, field]) => field !== undefined);
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}

/** `from` with the fields of `value` in their places. */
export function merged(from: unknown, value: unknown): unknown {
  if (!isRecord(from) || !isRecord(value)) return value;
  const fields = Object.entries(value).map(([name, field]) => [name, merged(from[name], field)]);
  return { ...from, ...Object.fromEntries(fields) };
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
