import { type Command, helpText, parseOptions } from './command';
import { UsageError } from './errors';

/** Each command's file is loaded only when it runs: help and errors of usage are there at once. */
const commands: Record<string, () => Promise<{ command: Command }>> = {
  predict: () => import('./commands/predict'),
  reverse: () => import('./commands/reverse'),
  train: () => import('./commands/train'),
  sample: () => import('./commands/sample'),
};

async function main([name, ...args]: string[]): Promise<void> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const text = await overview();
    if (name === undefined) {
      process.stderr.write(text);
      process.exitCode = 2;
    } else process.stdout.write(text);
    return;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    throw new UsageError(`There is no command '${name}'; there are: ${Object.keys(commands).join(', ')}.`);
  }
  const { command } = await load();
  const values = parseOptions(command, args);
  if (values === 'help') process.stdout.write(helpText(name, command));
  else await command.run(values);
}

async function overview(): Promise<string> {
  const lines = await Promise.all(
    Object.entries(commands).map(
      async ([name, load]) => `  ${name.padEnd(8)}  ${(await load()).command.summary}`,
    ),
  );
  return `Usage: npm run --silent ddpm -- COMMAND [options]\n\n${lines.join('\n')}\n\nCOMMAND --help shows its options.\n`;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const usage = error instanceof UsageError;
  const advice = usage ? ' See --help.' : '';
  process.stderr.write(`ddpm: ${error instanceof Error ? error.message : error}${advice}\n`);
  process.exitCode = usage ? 2 : 1;
}
