import { useCallback } from 'react';
import { DatasetChoice } from '../../panels/data/DatasetChoice';
import { ImagePicker, imageName } from '../../panels/data/ImagePicker';
import { useCurrentData } from '../../panels/data/useCurrentData';
import { SharedEngineNote } from '../../panels/model/SharedEngineNote';
import { useStore } from '../../store/store';
import { Panel } from '../../ui/controls/Panel';
import { Obstacle } from '../../ui/controls/Problem';
import { NetworkField } from './explanations';
import { NetworkModelChoice } from './model/NetworkModelChoice';
import { useChosenConfig, useChosenProblem } from './model/useChosenModel';
import { networkGroup } from './settings';
import { useNetwork } from './state';
import { useNetworkSettings } from './useInside';

/** The image that goes into the network, and which network it is. */
export function NetworkHeadPanel() {
  const problem = useChosenProblem();
  const failed = useNetwork((state) => state.problem);
  return (
    <Panel
      id="network"
      title="Network"
      lead="The U-Net sees a noisy image and the timestep t, and predicts the noise in the image. Here is everything that it computes on the way."
    >
      <div className="columns">
        <div className="stack">
          <Input />
        </div>
        <div className="stack">
          <DatasetChoice />
          <NetworkModelChoice />
          <SharedEngineNote />
          <Obstacle>{problem ?? failed}</Obstacle>
        </div>
      </div>
    </Panel>
  );
}

function Input() {
  const { index } = useNetworkSettings();
  const { nClasses } = useChosenConfig();
  const data = useCurrentData();
  const pick = useCallback((next: number) => useStore.getState().set(networkGroup, { index: next }), []);
  return (
    <>
      <NetworkField of="t" as="slider" />
      <div className="fields">
        <div className="row note wide">
          <ImagePicker label="Choose an image" selected={index} onPick={pick} />
          <span>{data && imageName(data, index)}</span>
        </div>
        <NetworkField of="seed" as="seed" />
        {nClasses > 0 && <NetworkField of="tellClass" />}
      </div>
    </>
  );
}
