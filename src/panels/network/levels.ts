import { levelChannels, type ModelConfig } from '../../engine/unet/config';

type LevelConfig = Pick<ModelConfig, 'imageSize' | 'nChannels' | 'chMults' | 'isAttn'>;

/** What makes the levels of a U-Net. */
export type LevelSettings = Pick<ModelConfig, 'chMults' | 'isAttn'>;

/** One level of the U-Net as its row shows it. */
export interface Level {
  /** Height and width of its feature maps, pixels; a fraction where the image cannot be halved so often. */
  size: number;
  multiplier: number;
  channels: number;
  attention: boolean;
}

/** Limits of what is offered; a config from a file may have larger multipliers. */
export const mostLevels = 8;
export const mostMultiplier = 4;

/** The levels from the full image down. */
export function levelsOf({ imageSize, nChannels, chMults, isAttn }: LevelConfig): Level[] {
  const channels = levelChannels({ nChannels, chMults });
  return chMults.map((multiplier, level) => ({
    size: imageSize / 2 ** level,
    multiplier,
    channels: channels[level] as number,
    attention: isAttn[level] ?? false,
  }));
}

/** Whether the lowest level's pixels can be halved once more. */
export function canAddLevel({ imageSize, chMults }: Pick<ModelConfig, 'imageSize' | 'chMults'>): boolean {
  return chMults.length < mostLevels && imageSize % 2 ** chMults.length === 0;
}

/** One more level below, as wide as the one above it. */
export function withLevel({ chMults, isAttn }: LevelSettings): LevelSettings {
  return { chMults: [...chMults, 1], isAttn: [...isAttn, false] };
}

/** Without the lowest level. */
export function withoutLevel({ chMults, isAttn }: LevelSettings): LevelSettings {
  return { chMults: chMults.slice(0, -1), isAttn: isAttn.slice(0, -1) };
}
