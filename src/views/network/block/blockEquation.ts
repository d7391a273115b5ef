import type { BlockDetail } from '../../../engine/network/blockDetail';
import type { ModelConfig } from '../../../engine/unet/config';
import { modulesOf } from '../../../engine/unet/modules';
import { formatSigned } from '../../../ui/formatQuantity';

/** An equation as LaTeX and in words. */
export interface EquationText {
  tex: string;
  label: string;
}

/** A block's equations, and the same with the numbers of one pixel and channel. */
export function blockEquation(
  config: ModelConfig,
  detail: BlockDetail,
): { symbols: EquationText[]; numbers: EquationText[] } {
  const { block, convolutions, value, input, attended, timeShift, channel } = detail;
  const module = modulesOf(config).find(({ name }) => name === block);
  const sumOf = (part: string) => convolutions.find(({ layer }) => layer === `${block}.${part}`)?.sum ?? 0;
  switch (module?.kind) {
    case 'residual': {
      const changesChannels = module.inputs !== module.outputs;
      const shift = timeShift?.shift[channel] ?? 0;
      const carried = changesChannels ? sumOf('shortcut') : (input ?? 0);
      const first = sumOf('conv1');
      return {
        symbols: [
          {
            tex: String.raw`h = K_1 * \operatorname{SiLU}(\operatorname{GN}(x)) + W\operatorname{SiLU}(\tau)`,
            label: 'h equals kernel 1 on SiLU of the group norm of x, plus W times SiLU of tau',
          },
          {
            tex: String.raw`y = ${changesChannels ? 'S\\,x' : 'x'} + K_2 * \operatorname{SiLU}(\operatorname{GN}(h))`,
            label: `y equals ${changesChannels ? 'the shortcut of x' : 'x'} plus kernel 2 on SiLU of the group norm of h`,
          },
        ],
        numbers: [added('h', [first, shift], first + shift), added('y', [carried, sumOf('conv2')], value)],
      };
    }
    case 'attention':
      return {
        symbols: [
          {
            tex: String.raw`w_{ij} = \operatorname{softmax}_j\bigl(q_i \cdot k_j / \sqrt{d}\bigr)`,
            label: 'w i j equals softmax over j of q i times k j over the root of d',
          },
          {
            tex: String.raw`y_i = x_i + W_o \textstyle\sum_j w_{ij}\, v_j + b`,
            label: 'y i equals x i plus W o times the sum over j of w i j times v j, plus b',
          },
        ],
        numbers: [added('y', [input ?? 0, attended ?? 0], value)],
      };
    default:
      return {
        symbols: [
          {
            tex: String.raw`y = b + \textstyle\sum_{c,\,i,\,j} K_{c,i,j}\; x_{c,i,j}`,
            label: 'y equals b plus the sum over channels, rows and columns of the kernel times x',
          },
        ],
        numbers: [
          added(
            'y',
            [convolutions[0]?.bias ?? 0, (convolutions[0]?.sum ?? 0) - (convolutions[0]?.bias ?? 0)],
            value,
          ),
        ],
      };
  }
}

/** "y = 0.120 + (−0.034) = 0.086". */
function added(symbol: string, parts: number[], result: number): EquationText {
  const text = `${parts.map((part, i) => bracketed(part, i)).join(' + ')} = ${formatSigned(result)}`;
  return { tex: `${symbol} = ${text.replaceAll('−', '-')}`, label: `${symbol} = ${text}` };
}

function bracketed(value: number, place: number): string {
  const text = formatSigned(value);
  return place > 0 && value < 0 ? `(${text})` : text;
}
