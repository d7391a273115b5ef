import { DataPanel } from '../panels/data/DataPanel';
import { ForwardPanel } from '../panels/forward/ForwardPanel';
import { SamplePanel } from '../panels/sample/SamplePanel';
import { TrainPanel } from '../panels/train/TrainPanel';
import { Header } from './Header';
import './App.css';

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
          <TrainPanel />
          <SamplePanel />
        </div>
      </main>
    </>
  );
}
