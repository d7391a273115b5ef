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

/** What a command gets beside its options. */
export interface Context {
  /** The file that stands alone on the command line; empty where a command takes none. */
  file: string;
  /** All files that stand alone on the command line. */
  files: readonly string[];
  /** Says what came of it: the text, or the facts as one line of JSON where --json asks for that. */
  tell(facts: Readonly<Record<string, unknown>>, text?: string): void;
  /** Says on stderr what the user should know while the command goes on. */
  warn(text: string): void;
  /** One of many lines on stderr that say how far it is. */
  line(text: string): void;
}

export interface Command<O extends OptionDefinitions = OptionDefinitions> {
  summary: string;
  /** What the file is that stands alone on the command line; without it there is none. */
  file?: string;
  /** The same for a command that takes several. */
  files?: string;
  options: O;
  /** Resolves with an exit code, where it is not 0. */
  run(values: Values<O>, context: Context): Promise<number | undefined>;
}

/** A command line that was understood. */
export interface Invocation {
  values: Values<OptionDefinitions>;
  file: string;
  files: readonly string[];
  json: boolean;
}

/** A command whose `run` knows the types of its options. */
export function defineCommand<const O extends OptionDefinitions>(command: Command<O>): Command {
  return command as unknown as Command;
}

/** Reads the arguments of a command. Throws UsageError; 'help' where help was asked for. */
export function parseOptions(command: Command, args: string[]): Invocation | 'help' {
  const options = Object.entries(command.options);
  const takesFiles = command.file !== undefined || command.files !== undefined;
  const { values, positionals: files } = parsed(args, options, takesFiles);
  if (values.help) return 'help';
  const [file = '', surplus] = files;
  if (surplus !== undefined && command.files === undefined)
    throw new UsageError(`Unexpected argument '${surplus}'.`);
  if (takesFiles && file === '') throw new UsageError('FILE is missing.');
  for (const [name, { value, required, multiple }] of options) {
    if (required && values[name] === undefined) throw new UsageError(`--${name} ${value} is missing.`);
    if (values[name] === undefined && multiple) values[name] = [];
    if (values[name] === undefined && !value) values[name] = false;
  }
  return { values: values as Values<OptionDefinitions>, file, files, json: values.json === true };
}

function parsed(
  args: string[],
  options: [string, OptionDefinition][],
  allowPositionals: boolean,
): { values: Record<string, unknown>; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals,
      options: {
        help: { type: 'boolean', short: 'h' },
        json: { type: 'boolean' },
        ...Object.fromEntries(
          options.map(([name, { value, multiple }]) => [
            name,
            { type: value ? 'string' : 'boolean', multiple: multiple ?? false } as const,
          ]),
        ),
      },
    });
    return { values: { ...values }, positionals };
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
export function helpText(name: string, { summary, file, files, options }: Command): string {
  const rows = Object.entries(options).map(([option, { value, required, multiple, description }]) => [
    `--${option}${value ? ` ${value}` : ''}`,
    `${description}${required ? ' (required)' : multiple ? ' (may be repeated)' : ''}`,
  ]);
  const placeholder = files === undefined ? 'FILE' : 'FILE …';
  const what = file ?? files;
  if (what !== undefined) rows.unshift([placeholder, `${what} (required)`]);
  rows.push(['--json', 'Say what came of it as one line of JSON on stdout.'], ['--help', 'Show this help.']);
  const width = Math.max(...rows.map(([left]) => (left as string).length));
  const lines = rows.map(([left, right]) => `  ${left?.padEnd(width)}  ${right}`);
  return `Usage: npm run --silent ddpm -- ${name}${what === undefined ? '' : ` ${placeholder}`} [options]\n\n${summary}\n\n${lines.join('\n')}\n`;
}
