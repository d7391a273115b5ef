import type { Change } from '../../../engine/network/changes';
import type { ModelConfig } from '../../../engine/unet/config';
import { modulesOf } from '../../../engine/unet/modules';

type Changes = readonly Change[];
/** A point of the network, or one channel of it. */
export type Target = Pick<Change, 'point' | 'channel'>;

const isOf =
  ({ point, channel }: Target) =>
  (change: Change) =>
    change.point === point && change.channel === channel;

/** What is changed at a target: nothing is scale 1 and 0 added. */
export function changeOf(changes: Changes, target: Target): Required<Pick<Change, 'scale' | 'add'>> {
  const { scale = 1, add = 0 } = changes.find(isOf(target)) ?? {};
  return { scale, add };
}

/** Whether the target as a whole gives 0. */
export function isOff(changes: Changes, point: string, channel?: number): boolean {
  return changeOf(changes, targetOf(point, channel)).scale === 0;
}

/** The changes with another one at a target; what changes nothing is left out. */
export function withChange(
  changes: Changes,
  target: Target,
  wanted: Partial<Pick<Change, 'scale' | 'add'>>,
): Change[] {
  const others = changes.filter((change) => !isOf(target)(change));
  const { scale, add } = { ...changeOf(changes, target), ...wanted };
  if (scale === 1 && add === 0) return others;
  return [...others, { ...target, ...(scale !== 1 && { scale }), ...(add !== 0 && { add }) }];
}

export function targetOf(point: string, channel?: number): Target {
  return channel === undefined ? { point } : { point, channel };
}

/** A part of the network that can be switched off as a whole. */
export interface Part {
  point: string;
  title: string;
}

/** Everything that can be switched off as a whole, by kind. */
export function partsOf(config: ModelConfig): Record<'time' | 'skips' | 'attention', Part[]> {
  const modules = modulesOf(config);
  return {
    time: [
      { point: 'time_emb', title: 'Time embedding' },
      ...(config.nClasses > 0 ? [{ point: 'class_emb', title: 'Class embedding' }] : []),
    ],
    skips: modules.flatMap(({ name, skip }) =>
      skip ? [{ point: `${name}.skip`, title: `${skip.from} → ${name}` }] : [],
    ),
    attention: modules.flatMap(({ name, kind }) =>
      kind === 'attention' ? [{ point: `${name}.output`, title: name }] : [],
    ),
  };
}

/** What a change is called: "channel 5 of down.0.res: off, +1.5". */
export function changeText({ point, channel, scale = 1, add = 0 }: Change): string {
  const place = channel === undefined ? point : `channel ${channel + 1} of ${point}`;
  const parts = [
    ...(scale === 0 ? ['off'] : scale === 1 ? [] : [`× ${scale}`]),
    ...(add === 0 ? [] : [`${add > 0 ? '+' : '−'}${Math.abs(add)}`]),
  ];
  return `${place}: ${parts.join(', ')}`;
}
