// Every exported kernel is a job: (job, begin, end, scratch). `job` points to its 32-bit arguments, in the order the
// caller wrote them; begin … end−1 are the units of work to do; `scratch` is memory of this thread alone. Units are
// independent of each other, so a result does not depend on which thread ran what.

/** Argument `index`: a pointer or a whole number. */
// @ts-ignore: decorator
@inline
export function word(job: usize, index: i32): i32 {
  return load<i32>(job + (<usize>index << 2));
}

/** Argument `index` as a pointer. */
// @ts-ignore: decorator
@inline
export function pointer(job: usize, index: i32): usize {
  return load<usize>(job + (<usize>index << 2));
}

/** Argument `index`: a float32. */
// @ts-ignore: decorator
@inline
export function real(job: usize, index: i32): f32 {
  return load<f32>(job + (<usize>index << 2));
}

/** Rounds up to a multiple of four (lanes) or eight (columns of a panel). */
// @ts-ignore: decorator
@inline
export function roundUp(value: i32, multiple: i32): i32 {
  return ((value + multiple - 1) / multiple) * multiple;
}
