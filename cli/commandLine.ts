import { messageOf } from '../src/engine/messageOf';
import { plainText } from '../src/engine/names';
import { type Command, type Context, helpText, parseOptions } from './command';
import { UsageError } from './errors';

/** Each command's file is loaded only when it runs. */
const commands: Record<string, () => Promise<{ command: Command }>> = {
  predict: () => import('./commands/predict'),
  activations: () => import('./commands/activations'),
  reverse: () => import('./commands/reverse'),
  data: () => import('./commands/data'),
  train: () => import('./commands/train'),
  sample: () => import('./commands/sample'),
  distill: () => import('./commands/distill'),
  evaluate: () => import('./commands/evaluate'),
  sweep: () => import('./commands/sweep'),
  compare: () => import('./commands/compare'),
  info: () => import('./commands/info'),
  convert: () => import('./commands/convert'),
};

/** Where text for the user goes. */
export interface Output {
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
}

/**
 * Runs a command line. Resolves with its exit code: 0, 1 where something failed, 2 where the arguments cannot be
 * understood, or what the command says. An error is one line on stderr.
 */
export async function runCommandLine(args: string[], output: Output): Promise<number> {
  try {
    return await run(args, output);
  } catch (error) {
    const usage = error instanceof UsageError;
    const advice = usage ? ' See --help.' : '';
    output.stderr.write(`ddpm: ${plainText(messageOf(error))}${advice}\n`);
    return usage ? 2 : 1;
  }
}

async function run([name, ...args]: string[], { stdout, stderr }: Output): Promise<number> {
  if (name === undefined) {
    stderr.write(await overview());
    return 2;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    stdout.write(await overview());
    return 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    throw new UsageError(`There is no command '${name}'; there are: ${Object.keys(commands).join(', ')}.`);
  }
  const { command } = await load();
  const invocation = parseOptions(command, args);
  if (invocation === 'help') {
    stdout.write(helpText(name, command));
    return 0;
  }
  const { values, file, files, json } = invocation;
  const tell: Context['tell'] = (facts, text) => {
    if (json) stdout.write(`${JSON.stringify(facts)}\n`);
    else if (text !== undefined) stdout.write(`${plainText(text)}\n`);
  };
  const warn: Context['warn'] = (text) => void stderr.write(`\nddpm: ${plainText(text)}\n`);
  const line: Context['line'] = (text) => void stderr.write(`${plainText(text)}\n`);
  return (await command.run(values, { file, files, tell, warn, line })) ?? 0;
}

async function overview(): Promise<string> {
  const lines = await Promise.all(
    Object.entries(commands).map(
      async ([name, load]) => `  ${name.padEnd(11)}  ${(await load()).command.summary}`,
    ),
  );
  return `Usage: npm run --silent ddpm -- COMMAND [options]\n\n${lines.join('\n')}\n\nCOMMAND --help shows its options.\n`;
}
