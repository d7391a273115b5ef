import type { ComponentType } from 'react';
import { DataPanel } from '../panels/data/DataPanel';
import { ForwardPanel } from '../panels/forward/ForwardPanel';
import { Header } from './Header';
import './App.css';

const others = import.meta.glob<Record<string, ComponentType>>('../panels/*/{Train,Sample}Panel.tsx', {
  eager: true,
});
const TrainPanel = others['../panels/train/TrainPanel.tsx']?.TrainPanel;
const SamplePanel = others['../panels/sample/SamplePanel.tsx']?.SamplePanel;

/** The page: on a wide window the data is on the left and the model on the right, else all in one column. */
export function App() {
  return (
    <>
      <a className="skip-link" href="#data-title">
        Skip to the content
      </a>
      <Header />
      <main className="page">
        <div className="page__column">
          <DataPanel />
          <ForwardPanel />
        </div>
        <div className="page__column">
          {TrainPanel && <TrainPanel />}
          {SamplePanel && <SamplePanel />}
        </div>
      </main>
    </>
  );
}
