/** Whether rows of this many elements can be read and written four at a time. */
export const isAligned = (count: number) => count % 4 === 0;

export const elementOf = (aligned: boolean) => (aligned ? ('vec4<f32>' as const) : ('f32' as const));

/**
 * WGSL `<name>At(i, left)`: elements i … i + 3 of a buffer, zero after the first `left`; anything where the first is not
 * in the buffer. There is no branch: it would cost more than the loads.
 */
export function reader(name: string, aligned: boolean): string {
  return aligned
    ? `fn ${name}At(i: i32, left: i32) -> vec4<f32> { return ${name}[i / 4]; }`
    : `fn ${name}At(i: i32, left: i32) -> vec4<f32> {
  let v = vec4<f32>(${name}[i], ${name}[i + 1], ${name}[i + 2], ${name}[i + 3]);
  return select(vec4<f32>(0), v, vec4<i32>(0, 1, 2, 3) < vec4<i32>(left));
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
