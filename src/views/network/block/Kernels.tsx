import { useMemo } from 'react';
import type { BlockDetail, ConvolutionDetail } from '../../../engine/network/blockDetail';
import { ImageGrid } from '../../../ui/canvasGrid/ImageGrid';
import { Explanation } from '../../../ui/controls/Explanation';
import { coloured, largestMagnitude } from '../../../ui/maps/divergingColours';
import { useDivergingTable } from '../../../ui/maps/useDivergingTable';
import { explanations } from '../explanations';

/** The kernels that give the chosen channel, of every convolution of the block. */
export function Kernels({ detail }: { detail: BlockDetail }) {
  if (detail.convolutions.length === 0) return null;
  return (
    <section aria-label="Kernels">
      <h3 className="title row gap-1">
        Kernels
        <Explanation about="kernels">{explanations.kernels}</Explanation>
      </h3>
      <div className="stack gap-3">
        {detail.convolutions.map((convolution) => (
          <KernelGrid key={convolution.layer} {...convolution} channel={detail.channel} />
        ))}
      </div>
    </section>
  );
}

function KernelGrid({ layer, kernels, kernelSize, channel }: ConvolutionDetail & { channel: number }) {
  const table = useDivergingTable();
  const largest = useMemo(() => largestMagnitude(kernels), [kernels]);
  const images = useMemo(() => coloured(kernels, largest, table), [kernels, largest, table]);
  const count = kernels.length / kernelSize ** 2;
  const label = `${layer}: ${count} kernels of ${kernelSize} × ${kernelSize} to channel ${channel + 1}, weights up to ±${largest.toFixed(3)}`;
  return (
    <figure className="stack gap-1">
      <figcaption className="note">{label}</figcaption>
      <ImageGrid
        images={images}
        count={count}
        size={kernelSize}
        channels={3}
        columns={(width) => Math.min(count, Math.max(8, Math.floor(width / 22)))}
        label={label}
      />
    </figure>
  );
}
