/** Whether rows of this many elements can be read and written four at a time. */
export const isAligned = (count: number) => count % 4 === 0;

export const elementOf = (aligned: boolean) => (aligned ? ('vec4<f32>' as const) : ('f32' as const));

/** WGSL `<name>At(i, left)`: elements i … i + 3 of a buffer, zero after the first `left`, at least one of which is. */
export function reader(name: string, aligned: boolean): string {
  return aligned
    ? `fn ${name}At(i: i32, left: i32) -> vec4<f32> { return ${name}[i / 4]; }`
    : `fn ${name}At(i: i32, left: i32) -> vec4<f32> {
  var v = vec4<f32>(${name}[i], 0, 0, 0);
  if (left > 1) { v.y = ${name}[i + 1]; }
  if (left > 2) { v.z = ${name}[i + 2]; }
  if (left > 3) { v.w = ${name}[i + 3]; }
  return v;
}`;
}

/** The name of what `writer` declares. */
export const setterOf = (name: string) => `set${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** WGSL `set<Name>(i, left, v)`: writes elements i … i + 3 of a buffer, but no more than `left`. */
export function writer(name: string, aligned: boolean): string {
  const set = setterOf(name);
  return aligned
    ? `fn ${set}(i: i32, left: i32, v: vec4<f32>) { ${name}[i / 4] = v; }`
    : `fn ${set}(i: i32, left: i32, v: vec4<f32>) {
  ${name}[i] = v.x;
  if (left > 1) { ${name}[i + 1] = v.y; }
  if (left > 2) { ${name}[i + 2] = v.z; }
  if (left > 3) { ${name}[i + 3] = v.w; }
}`;
}
