/** What the user can put right: shown as one line; the command ends with exit code 1. */
export class CommandError extends Error {
  override name = 'CommandError';
}

/** A command line that cannot be understood; exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}
