import { useMemo, useState } from 'react';
import type { AttentionMap } from '../../engine/network/attentionMaps';
import { channelStatistics } from '../../engine/network/channelStatistics';
import { ImageCanvas } from '../../ui/canvasGrid/ImageCanvas';
import { PixelPointer } from '../../ui/canvasGrid/PixelPointer';
import { Explanation } from '../../ui/controls/Explanation';
import { Panel } from '../../ui/controls/Panel';
import { Segmented } from '../../ui/controls/Segmented';
import { coloured, colourScale } from '../../ui/maps/divergingColours';
import { MapOverlay } from '../../ui/maps/MapOverlay';
import { useDivergingTable } from '../../ui/maps/useDivergingTable';
import { explanations } from './explanations';
import type { Inside } from './state';
import { pointAtPixel } from './state';
import { useInside, useNetworkSettings } from './useInside';

type Background = 'image' | 'features';

/** Where every attention block looks from the pixel that is pointed at. */
export function AttentionPanel() {
  const inside = useInside();
  const [background, setBackground] = useState<Background>('image');
  return (
    <Panel
      id="attention"
      title="Attention"
      lead="Point at a pixel of any image, or move with the arrow keys: the overlay shows from which positions each attention block takes its information."
      actions={<Explanation about="the attention weights">{explanations.attention}</Explanation>}
    >
      {inside ? (
        <div className="stack" data-pixel={`${inside.row + 1} ${inside.column + 1}`}>
          <Segmented
            label="Shown over"
            value={background}
            options={[
              { value: 'image', title: 'Noisy image' },
              { value: 'features', title: 'Features' },
            ]}
            onChange={setBackground}
          />
          <div className="attention-maps">
            {inside.attention.map((map) => (
              <AttentionFigure key={map.block} map={map} inside={inside} background={background} />
            ))}
          </div>
        </div>
      ) : (
        <p className="empty">The attention is shown once the model has run.</p>
      )}
    </Panel>
  );
}

interface AttentionFigureProps {
  map: AttentionMap;
  inside: Inside;
  background: Background;
}

function AttentionFigure({ map, inside, background }: AttentionFigureProps) {
  const { block, size, row, column, weights } = map;
  const chosen = useNetworkSettings();
  const { imageSize, imageChannels } = inside.config;
  const strongest = useMemo(() => {
    const index = weights.indexOf(Math.max(...weights));
    return { row: Math.floor(index / size), column: index % size, weight: weights[index] as number };
  }, [weights, size]);
  const own = weights[row * size + column] as number;
  const label = `${block}: from (${row + 1}, ${column + 1}) of ${size} × ${size}`;
  return (
    <figure className="stack gap-1" data-block={block}>
      <PixelPointer
        size={imageSize}
        label={`Attention of ${block}`}
        pixel={chosen}
        onPixel={(pixel) => pointAtPixel(pixel.row, pixel.column)}
      >
        {background === 'image' ? (
          <ImageCanvas image={inside.xt} size={imageSize} channels={imageChannels} label="" />
        ) : (
          <Features block={block} inside={inside} />
        )}
        <MapOverlay values={weights} size={size} />
      </PixelPointer>
      <figcaption className="note">
        <b>{label}</b>
        <span>
          Most to ({strongest.row + 1}, {strongest.column + 1}):{' '}
          <b data-number="most">{percent(strongest.weight)}</b>. To itself: {percent(own)}. Evenly spread it
          would be {percent(1 / weights.length)}.
        </span>
      </figcaption>
    </figure>
  );
}

/** The channel that varies most of what the block gives. */
function Features({ block, inside }: { block: string; inside: Inside }) {
  const table = useDivergingTable();
  const output = inside.outputs.get(block);
  const image = useMemo(() => {
    if (!output) return null;
    const spreads = channelStatistics(output).map(({ spread }) => spread);
    const channel = spreads.indexOf(Math.max(...spreads));
    const area = output.data.length / spreads.length;
    const map = output.data.slice(channel * area, (channel + 1) * area);
    return coloured(map, colourScale(map), table);
  }, [output, table]);
  return <ImageCanvas image={image} size={output?.shape[3] ?? 1} channels={3} label="" />;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
