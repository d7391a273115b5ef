import unet from '../../../../scale-out/ddpm_scale_out/unet.py?raw';

/** The U-Net of scale-out, without what a file of its own has at its top. */
export const unetCode = unet
  .replace(/^"""[\s\S]*?"""\n/, '')
  .replace(/^(import|from) .*\n/gm, '')
  .trim();

/** The most that stands on a line of a dictionary. */
const WIDTH = 110;

type Value = string | number | boolean | null | readonly Value[];

/** A dictionary as Python writes it, on as few lines as fit. */
export function pythonDict(values: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  const entries = given.map(([name, value]) => `${JSON.stringify(name)}: ${literal(value as Value)}`);
  const lines = [''];
  for (const entry of entries) {
    const line = lines.at(-1) as string;
    if (line !== '' && line.length + entry.length > WIDTH) lines.push(`${entry},`);
    else lines[lines.length - 1] = `${line} ${entry},`.trim();
  }
  return `{${lines.join('\n    ').slice(0, -1)}}`;
}

/** JSON's strings and numbers are Python's too. */
function literal(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  return JSON.stringify(value);
}
