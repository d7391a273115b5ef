/** Cases of each fuzz test: 1,000 in `npm test`; FUZZ_RUNS=10000 for a long run. */
export const fuzzRuns = Number(process.env.FUZZ_RUNS ?? 1000);
