/** Threads of a workgroup that sums over an image: as many as most images need; larger ones are walked through. */
export const IMAGE_THREADS = 256;

/** WGSL that adds up the `sum` of every thread of a workgroup, in `sums`, and leaves it as the share of the group's image. */
export const writeShare = `
  sums[thread] = sum;
  workgroupBarrier();
  for (var half = ${IMAGE_THREADS / 2}u; half > 0; half /= 2) {
    if (thread < half) { sums[thread] += sums[thread + half]; }
    workgroupBarrier();
  }
  if (thread == 0) { shares[group.x] = sums[0]; }`;
