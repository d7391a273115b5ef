import { Cpu, TriangleAlert } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type BackendReport, backendTitles } from '../engine/backend/report';
import { useStore } from '../store/store';
import { CopyReport } from './CopyReport';
import { useSite } from './site/siteState';
import './BackendBadge.css';

/** Which backend runs the engine, on what and with how many threads; opens to why no better one does. */
export function BackendBadge() {
  const { status, backend, problem } = useStore((state) => state.session);
  const failed = status === 'failed';
  return (
    <Popover.Root>
      <Popover.Trigger className="backend-badge" data-status={status} data-backend={backend?.name}>
        {failed ? <TriangleAlert size={15} aria-hidden /> : <Cpu size={15} aria-hidden />}
        <span className="visually-hidden">Backend:</span>
        <span aria-live="polite">
          {backend ? backendTitles[backend.name] : failed ? 'Engine failed' : 'Engine starting…'}
          {backend && <span className="backend-badge__detail">{detail(backend)}</span>}
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="explanation" sideOffset={6} collisionPadding={12} aria-label="Backend">
          {problem && <p className="problem">{problem}</p>}
          {backend ? (
            <Report backend={backend} />
          ) : (
            !problem && <p>The engine starts in a worker of its own.</p>
          )}
          <CopyReport />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function detail({ name, device, threads }: BackendReport): string {
  if (name === 'webgpu' || name === 'webgl') return device;
  return threads === 1 ? '1 thread' : `${threads} threads`;
}

function Report({ backend }: { backend: BackendReport }) {
  const stored = useSite((state) => state.stored);
  return (
    <>
      <dl className="backend-report">
        <dt>Runs on</dt>
        <dd>{backendTitles[backend.name]}</dd>
        <dt>Device</dt>
        <dd>{backend.device}</dd>
        <dt>Threads</dt>
        <dd>{backend.threads}</dd>
        <dt>Kernels</dt>
        <dd>{backend.fused ? 'fused, our own' : 'stock TensorFlow.js'}</dd>
        {stored && (
          <>
            <dt>Without a network</dt>
            <dd>
              {stored.stored < stored.total ? `${stored.stored} of ${stored.total} files stored` : 'works'}
            </dd>
          </>
        )}
      </dl>
      {backend.notices.map((notice) => (
        <p key={notice} className="backend-report__notice">
          {notice}
        </p>
      ))}
      <p className="note">
        To force another, add <code>?backend=webgpu</code>, <code>wasm</code>, <code>webgl</code> or{' '}
        <code>cpu</code> to the address.
      </p>
    </>
  );
}
