import { Gauge } from 'lucide-react';
import { Suspense } from 'react';
import { useStore } from '../../../store/store';
import { Button } from '../../../ui/controls/Button';
import { Explanation } from '../../../ui/controls/Explanation';
import { lazyPart } from '../../../ui/lazyPart';
import { profileProblem, useProfiling } from './state';
import './profile.css';

const ProfileResult = lazyPart(() => import('./ProfileResult'));

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
          icon={Gauge}
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
      <Suspense fallback={null}>
        {profile && config && <ProfileResult profile={profile} config={config} />}
      </Suspense>
    </section>
  );
}
