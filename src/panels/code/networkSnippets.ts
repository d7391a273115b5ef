import unet from '../../../scale-out/ddpm_scale_out/unet.py?raw';
import type { Snippet } from './snippets';

/** A class of scale-out's unet.py, as it stands there. */
function networkClass(name: string): string {
  const [found] = unet.match(new RegExp(`^class ${name}\\b[\\s\\S]*?(?=\\n\\n\\n)`, 'm')) ?? [];
  if (found === undefined) throw new Error(`scale-out has no class ${name}.`);
  return found;
}

/** A block of the U-Net and its attention, with the parameter names of model files. */
export const networkSnippets: readonly Snippet[] = [
  {
    title: 'Residual block',
    code: networkClass('Residual'),
    source: 'He et al. 2016 and Ho et al. 2020, appendix B',
  },
  { title: 'Attention', code: networkClass('Attention'), source: 'Vaswani et al. 2017, equation 1' },
];
