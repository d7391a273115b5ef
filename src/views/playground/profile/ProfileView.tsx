import { Gauge } from 'lucide-react';
import { formatBytes } from '../../../engine/formatBytes';
import type { StepProfile } from '../../../engine/measure/profile';
import type { ModelConfig } from '../../../engine/unet/config';
import { useStore } from '../../../store/store';
import { Button } from '../../../ui/controls/Button';
import { Explanation } from '../../../ui/controls/Explanation';
import { ProfileTable } from './ProfileTable';
import { profileProblem, useProfiling } from './state';
import './profile.css';

/** Where the time of a training step goes, on the backend that runs and for the model that is trained. */
export function ProfileView() {
  const { status, profile, config, problem, measure } = useProfiling();
  const blocked = useStore(profileProblem);
  const measuring = status === 'measuring';
  return (
    <section className="profile-view stack gap-3" aria-labelledby="profile-title" aria-busy={measuring}>
      <header className="row">
        <h3 id="profile-title" className="title">
          Where a training step goes
        </h3>
        <Explanation about="the profile">
          <p>
            Takes a few training steps of a copy of the model, with every kernel timed, and compares them with
            the fastest matrix product of this backend. Nothing of your model changes.
          </p>
          <p>
            Convolutions, attention and linear maps are matrix products, bound by arithmetic; all else passes
            over its values once and is bound by memory.
          </p>
        </Explanation>
        <Button
          className="push"
          icon={<Gauge size={16} aria-hidden />}
          disabled={blocked !== null || measuring}
          aria-describedby={blocked ? 'profile-blocked' : undefined}
          onClick={measure}
        >
          {measuring ? 'Measuring…' : profile ? 'Measure again' : 'Measure'}
        </Button>
      </header>
      {blocked && (
        <p id="profile-blocked" className="note">
          {blocked}
        </p>
      )}
      <p role="status" className={status === 'failed' ? 'problem' : 'visually-hidden'}>
        {status === 'failed' ? problem : measuring ? 'Measuring a training step.' : profile && 'Measured.'}
      </p>
      {profile && config && <Summary profile={profile} config={config} />}
      {profile && <ProfileTable profile={profile} />}
    </section>
  );
}

function Summary({ profile, config }: { profile: StepProfile; config: ModelConfig }) {
  const { milliseconds, batchSize, dispatches, tensors, bytes, peakBytes, gflop, shareOfPeak, peak } =
    profile;
  const size = `${config.imageSize}×${config.imageSize}`;
  return (
    <dl className="facts columns columns--narrow">
      <div>
        <dt>One step</dt>
        <dd>
          {milliseconds.toPrecision(3)} ms
          <small>
            {batchSize} images of {size}
          </small>
        </dd>
      </div>
      <div>
        <dt>Dispatches</dt>
        <dd>
          {dispatches.toLocaleString('en')}
          <small>kernels run</small>
        </dd>
      </div>
      <div>
        <dt>Memory</dt>
        <dd>
          {formatBytes(peakBytes)}
          <small>
            at most; {formatBytes(bytes)} between steps, {tensors.toLocaleString('en')} tensors
          </small>
        </dd>
      </div>
      <div>
        <dt>Of the measured peak</dt>
        <dd>
          {(100 * shareOfPeak).toFixed(0)} %
          <span className="profile-bar" aria-hidden>
            <span
              data-bound="arithmetic"
              style={{ inlineSize: `${Math.min(100, 100 * shareOfPeak).toFixed(1)}%` }}
            />
          </span>
          <small>
            {gflop.toPrecision(3)} GFLOP a step; peak {peak.gflops.toPrecision(3)} GFLOP/s
          </small>
        </dd>
      </div>
    </dl>
  );
}
