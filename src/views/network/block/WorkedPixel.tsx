import { useState } from 'react';
import type { BlockDetail, ConvolutionDetail } from '../../../engine/network/blockDetail';
import { Equation } from '../../../ui/controls/Equation';
import { Explanation } from '../../../ui/controls/Explanation';
import { Segmented } from '../../../ui/controls/Segmented';
import { formatSigned } from '../../../ui/formatQuantity';
import { useCalm } from '../../../ui/useCalm';
import { explanations } from '../explanations';
import type { Inside } from '../state';
import { blockEquation } from './blockEquation';

/** One value of the block: its equation, the equation with its numbers, and the products of its convolutions. */
export function WorkedPixel({ inside, detail }: { inside: Inside; detail: BlockDetail }) {
  const { block, row, column, channel, convolutions } = detail;
  const { symbols, numbers } = blockEquation(inside.config, useCalm(detail, 80));
  const [chosen, choose] = useState('');
  const shown = convolutions.find(({ layer }) => layer.endsWith(chosen)) ?? convolutions[0];
  return (
    <section className="stack gap-2" aria-label="One value of the block">
      <h3 className="title row gap-1">
        Pixel ({row + 1}, {column + 1}) of channel {channel + 1}
      </h3>
      {symbols.map((equation) => (
        <Equation key={equation.tex} {...equation} />
      ))}
      <div className="worked" data-number="worked">
        {numbers.map((equation, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place.
          <Equation key={i} {...equation} />
        ))}
      </div>
      {convolutions.length > 1 && (
        <Segmented
          label="Convolution"
          explanation={explanations.products}
          value={partOf(block, shown as ConvolutionDetail)}
          options={convolutions.map((convolution) => {
            const part = partOf(block, convolution);
            return { value: part, title: part };
          })}
          onChange={choose}
        />
      )}
      {shown && <ProductsTable {...shown} />}
    </section>
  );
}

const partOf = (block: string, { layer }: ConvolutionDetail) => layer.slice(block.length + 1) || layer;

function ProductsTable({ layer, products, rest, bias, sum, kernelSize }: ConvolutionDetail) {
  const largest = Math.abs(products[0]?.product ?? 0) || 1;
  const count = products.length + rest.count;
  return (
    <table className="table products">
      <caption>
        {layer}: {count.toLocaleString('en')} products, the largest first{' '}
        <Explanation about="the products">{explanations.products}</Explanation>
      </caption>
      <thead>
        <tr>
          <th scope="col">Input channel, place</th>
          <th scope="col">Weight</th>
          <th scope="col">Input</th>
          <th scope="col">Product</th>
          <td className="products__bar" />
        </tr>
      </thead>
      <tbody>
        {products.map(({ channel, kernelRow, kernelColumn, weight, input, product }) => (
          <tr key={`${channel} ${kernelRow} ${kernelColumn}`}>
            <th scope="row">
              {channel + 1}, {placeText(kernelRow, kernelColumn, kernelSize)}
            </th>
            <td>{formatSigned(weight)}</td>
            <td>{formatSigned(input)}</td>
            <td>{formatSigned(product)}</td>
            <td className="products__bar">
              <span
                data-sign={Math.sign(product)}
                style={{ width: `${(100 * Math.abs(product)) / largest}%` }}
              />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        {rest.count > 0 && (
          <tr>
            <th scope="row" colSpan={3}>
              {rest.count.toLocaleString('en')} others
            </th>
            <td data-number="rest">{formatSigned(rest.sum)}</td>
            <td />
          </tr>
        )}
        <tr>
          <th scope="row" colSpan={3}>
            Bias
          </th>
          <td data-number="bias">{formatSigned(bias)}</td>
          <td />
        </tr>
        <tr>
          <th scope="row" colSpan={3}>
            Sum
          </th>
          <td data-number="sum">{formatSigned(sum)}</td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}

/** Where in a 3 × 3 kernel: "above left". Larger kernels have numbers. */
function placeText(row: number, column: number, size: number): string {
  if (size === 1) return 'here';
  if (size !== 3) return `(${row + 1}, ${column + 1})`;
  const vertical = ['above', '', 'below'][row];
  const horizontal = ['left', '', 'right'][column];
  return [vertical, horizontal].filter(Boolean).join(' ') || 'centre';
}
