import { useCallback, useMemo } from 'react';
import { type ChannelStatistics, channelStatistics } from '../../../engine/network/channelStatistics';
import type { UNetModule } from '../../../engine/unet/modules';
import type { Patch } from '../../../settings/path';
import { useStore } from '../../../store/store';
import { ImageGrid } from '../../../ui/canvasGrid/ImageGrid';
import { Explanation } from '../../../ui/controls/Explanation';
import { Segmented } from '../../../ui/controls/Segmented';
import { formatSigned } from '../../../ui/formatQuantity';
import { coloured, colourScale } from '../../../ui/maps/divergingColours';
import { useDivergingTable } from '../../../ui/maps/useDivergingTable';
import { explanations } from '../explanations';
import { type NetworkSettings, networkGroup } from '../settings';
import type { Inside } from '../state';
import { useNetworkSettings } from '../useInside';

/** Every channel of a block, large; one is chosen. */
export function Channels({ inside, module }: { inside: Inside; module: UNetModule }) {
  const { channel, order } = useNetworkSettings();
  const set = (settings: Patch<NetworkSettings>) => useStore.getState().set(networkGroup, settings);
  const output = inside.outputs.get(module.name);
  const table = useDivergingTable();
  const statistics = useMemo(() => (output ? channelStatistics(output) : []), [output]);
  const sorted = useMemo(() => sortedChannels(statistics, order), [statistics, order]);
  const area = module.size ** 2;
  const maps = useMemo(() => {
    const data = output?.data ?? new Float32Array();
    const arranged = new Float32Array(data.length);
    sorted.forEach((from, to) => {
      arranged.set(data.subarray(from * area, (from + 1) * area), to * area);
    });
    return coloured(arranged, colourScale(data), table);
  }, [output, sorted, area, table]);
  const nameOf = useCallback(
    (position: number) => {
      const index = sorted[position] as number;
      return `Channel ${index + 1}, ${factsText(statistics[index])}`;
    },
    [sorted, statistics],
  );
  const select = useCallback(
    (position: number) => useStore.getState().set(networkGroup, { channel: sorted[position] as number }),
    [sorted],
  );
  const dead = statistics.filter((one) => one.dead).length;
  return (
    <div className="stack gap-3">
      <Segmented
        label="Order of the channels"
        explanation={explanations.order}
        value={order}
        options={[
          { value: 'index', title: 'Number' },
          { value: 'strength', title: 'Spread' },
        ]}
        onChange={(next) => set({ order: next })}
      />
      <div className="block-channels__grid">
        <ImageGrid
          images={maps}
          count={sorted.length}
          size={module.size}
          channels={3}
          columns={Math.ceil(Math.sqrt(sorted.length))}
          label={`Channels of ${module.name}`}
          selected={sorted.indexOf(channel)}
          nameOf={nameOf}
          onSelect={select}
        />
      </div>
      <p className="note" data-number="channel">
        <b>Channel {channel + 1}</b>: {factsText(statistics[channel])}.
      </p>
      <p className="note">
        Dead channels for this image: <b data-number="dead">{dead}</b> of {statistics.length}{' '}
        <Explanation about="a dead channel">{explanations.dead}</Explanation>
      </p>
    </div>
  );
}

function sortedChannels(statistics: ChannelStatistics[], order: 'index' | 'strength'): number[] {
  const indices = statistics.map((_, index) => index);
  if (order === 'index') return indices;
  const spreadOf = (index: number) => (statistics[index] as ChannelStatistics).spread;
  return indices.sort((a, b) => spreadOf(b) - spreadOf(a));
}

function factsText(statistics: ChannelStatistics | undefined): string {
  if (!statistics) return '';
  const { mean, spread, dead } = statistics;
  return `mean ${formatSigned(mean)}, spread ${spread.toFixed(3)}${dead ? ', dead' : ''}`;
}
