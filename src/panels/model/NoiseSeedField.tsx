import { SeedField } from '../../ui/controls/SeedField';

/** The seed of all noise. */
export function NoiseSeedField(props: { seed: number; onChange: (seed: number) => void }) {
  return <SeedField {...props} explanation={explanation} />;
}

const explanation = (
  <p>Decides all noise: what is put on, and what is added on the way back. The same seed draws the same.</p>
);
