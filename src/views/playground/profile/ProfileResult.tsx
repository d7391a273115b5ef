import { formatBytes } from '../../../engine/formatBytes';
import type { StepProfile } from '../../../engine/measure/profile';
import type { ModelConfig } from '../../../engine/unet/config';
import { ProfileTable } from './ProfileTable';

interface ProfileResultProps {
  profile: StepProfile;
  config: ModelConfig;
}

/** What was measured: the step as a whole, then by kind of kernel. */
export default function ProfileResult(props: ProfileResultProps) {
  return (
    <>
      <Summary {...props} />
      <ProfileTable profile={props.profile} />
    </>
  );
}

function Summary({ profile, config }: ProfileResultProps) {
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
