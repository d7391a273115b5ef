import type { ModelConfig } from '../../../engine/unet/config';
import { modulesOf } from '../../../engine/unet/modules';
import { colourScale } from '../../../ui/maps/divergingColours';
import type { NetworkSettings } from '../settings';
import type { Inside } from '../state';

/** The value that the strongest colour of each module's maps stands for, by the module's name. */
export function mapScales(
  config: ModelConfig,
  outputs: Inside['outputs'],
  scale: NetworkSettings['scale'],
): Map<string, number> {
  const modules = modulesOf(config);
  const own = new Map(modules.map(({ name }) => [name, colourScale(outputs.get(name)?.data ?? [])] as const));
  if (scale === 'block') return own;
  return new Map(
    modules.map(({ name, kind, level }) => {
      // The time embedding is no map of a level.
      const peers = modules.filter(
        (other) => (other.kind === 'time') === (kind === 'time') && other.level === level,
      );
      return [name, Math.max(...peers.map((peer) => own.get(peer.name) as number))];
    }),
  );
}
