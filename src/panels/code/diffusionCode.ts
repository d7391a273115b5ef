import diffusion from '../../../scale-out/ddpm_scale_out/diffusion.py?raw';

/** Functions of scale-out's diffusion.py, as they stand there. */
export function diffusionCode(names: readonly string[]): string {
  return names.map(definition).join('\n\n');
}

function definition(name: string): string {
  const [found] = diffusion.match(new RegExp(`^def ${name}\\b[\\s\\S]*?(?=\\n\\n\\n)`, 'm')) ?? [];
  if (found === undefined) throw new Error(`scale-out has no function ${name}.`);
  return found;
}
