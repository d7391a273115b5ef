import { parseArgs } from 'node:util';
import { UsageError } from './errors';

/** An option of a command: with a `value` (its placeholder in the help) it takes one, without it is a switch. */
export interface OptionDefinition {
  value?: string;
  description: string;
  required?: true;
  /** May be given several times. */
  multiple?: true;
}

export type OptionDefinitions = Readonly<Record<string, OptionDefinition>>;

type Value<D extends OptionDefinition> = D extends { value: string }
  ? D extends { multiple: true }
    ? string[]
    : D extends { required: true }
      ? string
      : string | undefined
  : boolean;

/** What was given for each option. */
export type Values<O extends OptionDefinitions> = { [K in keyof O]: Value<O[K]> };

export interface Command<O extends OptionDefinitions = OptionDefinitions> {
  summary: string;
  options: O;
  /** Resolves with an exit code, where it is not 0. */
  run(values: Values<O>): Promise<number | undefined>;
}

/** A command whose `run` knows the types of its options. */
export function defineCommand<const O extends OptionDefinitions>(command: Command<O>): Command {
  return command as unknown as Command;
}

/** Reads the arguments of a command. Throws UsageError; 'help' where help was asked for. */
export function parseOptions(command: Command, args: string[]): Values<OptionDefinitions> | 'help' {
  const options = Object.entries(command.options);
  const values = parsed(args, options);
  if (values.help) return 'help';
  for (const [name, { value, required, multiple }] of options) {
    if (required && values[name] === undefined) throw new UsageError(`--${name} ${value} is missing.`);
    if (values[name] === undefined && multiple) values[name] = [];
    if (values[name] === undefined && !value) values[name] = false;
  }
  return values as Values<OptionDefinitions>;
}

function parsed(args: string[], options: [string, OptionDefinition][]): Record<string, unknown> {
  try {
    const { values } = parseArgs({
      args,
      options: {
        help: { type: 'boolean', short: 'h' },
        ...Object.fromEntries(
          options.map(([name, { value, multiple }]) => [
            name,
            { type: value ? 'string' : 'boolean', multiple: multiple ?? false } as const,
          ]),
        ),
      },
    });
    return { ...values };
  } catch (error) {
    throw new UsageError(usageMessage(error as NodeJS.ErrnoException));
  }
}

/** One sentence out of Node's message, which goes on with advice about arguments that no command has. */
function usageMessage({ code, message }: NodeJS.ErrnoException): string {
  const [option] = message.match(/--[\w-]+/) ?? [];
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' && !message.includes('does not take'))
    return `${option} needs a value (${option}=VALUE where it begins with a dash).`;
  return `${message.split(/\. |\n/)[0]?.replace(/\.$/, '')}.`;
}

/** The text that --help shows. */
export function helpText(name: string, { summary, options }: Command): string {
  const rows = Object.entries(options).map(([option, { value, required, multiple, description }]) => [
    `--${option}${value ? ` ${value}` : ''}`,
    `${description}${required ? ' (required)' : multiple ? ' (may be repeated)' : ''}`,
  ]);
  rows.push(['--help', 'Show this help.']);
  const width = Math.max(...rows.map(([left]) => (left as string).length));
  const lines = rows.map(([left, right]) => `  ${left?.padEnd(width)}  ${right}`);
  return `Usage: npm run --silent ddpm -- ${name} [options]\n\n${summary}\n\n${lines.join('\n')}\n`;
}
