import type { ReactNode } from 'react';
import type { Diffusion } from '../../engine/diffusion/diffusion';
import { useStore } from '../../store/store';
import { formatQuantity } from '../../ui/formatQuantity';
import { clampTime } from './clampTime';
import { noisingAt } from './noising';
import './NoisingTable.css';

/** Every symbol of the equation: what it is, and its value at t. */
export function NoisingTable({ diffusion }: { diffusion: Diffusion }) {
  const t = useStore((state) => clampTime(state.forward, diffusion.nSteps));
  const { signal, noise, alphaBar, beta, snr } = noisingAt(diffusion, t);
  return (
    <table className="noising-table">
      <caption className="visually-hidden">Symbols of the forward process and their values at t</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">Symbol</th>
          <th scope="col">Meaning</th>
          <th scope="col">Value at t = {t}</th>
        </tr>
      </thead>
      <tbody>
        <Row
          id="beta"
          symbol={
            <>
              β<sub>t</sub>
            </>
          }
          value={beta === null ? '–' : formatQuantity(beta)}
        >
          variance of the noise that step t adds
        </Row>
        <Row
          id="alpha-bar"
          symbol={
            <>
              ᾱ<sub>t</sub>
            </>
          }
          value={formatQuantity(alphaBar)}
        >
          share of the picture’s variance left: the product of all 1 − β so far
        </Row>
        <Row
          id="signal"
          kind="signal"
          symbol={
            <>
              √ᾱ<sub>t</sub>
            </>
          }
          value={signal.toFixed(4)}
        >
          weight of the picture{' '}
          <i className="math">
            x<sub>0</sub>
          </i>
        </Row>
        <Row
          id="noise"
          kind="noise"
          symbol={
            <>
              √(1−ᾱ<sub>t</sub>)
            </>
          }
          value={noise.toFixed(4)}
        >
          weight of the noise <i className="math">ε</i>, drawn from a standard normal distribution
        </Row>
        <Row id="snr" symbol="SNR" value={formatQuantity(snr)}>
          signal-to-noise ratio{' '}
          <i className="math">
            ᾱ<sub>t</sub>
          </i>{' '}
          / (1 −{' '}
          <i className="math">
            ᾱ<sub>t</sub>
          </i>
          )
        </Row>
      </tbody>
    </table>
  );
}

interface RowProps {
  id: string;
  symbol: ReactNode;
  value: string;
  kind?: 'signal' | 'noise';
  children: ReactNode;
}

function Row({ id, symbol, value, kind, children }: RowProps) {
  return (
    <tr data-quantity={id} className={kind && `noising-table__${kind}`}>
      <th scope="row" className="math">
        {symbol}
      </th>
      <td className="noising-table__meaning">{children}</td>
      <td className="noising-table__value">{value}</td>
    </tr>
  );
}
