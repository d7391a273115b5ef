/** The squared error by t as CSV: a row for each of the equal ranges of t, empty where no step has met it. */
export function lossByTimeCsv(errors: ArrayLike<number>, nSteps: number): string {
  const edge = (bin: number) => Math.ceil((bin * nSteps) / errors.length);
  const rows = Array.from(
    errors,
    (error, bin) => `${edge(bin) + 1},${edge(bin + 1)},${error > 0 ? error : ''}`,
  );
  return `${['first_t,last_t,squared_error', ...rows].join('\n')}\n`;
}
