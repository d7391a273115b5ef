/** Cases of each fuzz test: 1,000 in `npm test`; FUZZ_RUNS=10000 for a long run. */
export const fuzzRuns = Number(process.env.FUZZ_RUNS ?? 1000);

/** What a parser of a hostile file may take at most. */
export const LONGEST_MS = 2000;
