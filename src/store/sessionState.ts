import type { BackendReport } from '../engine/backend/report';

export interface SessionState {
  status: 'starting' | 'ready' | 'failed';
  backend: BackendReport | null;
  /** For the user: why the engine did not start, or which part of the address was not used. */
  problem: string | null;
  /** For the user: what of the engine has not moved for a while though it is not paused. */
  stuck: string | null;
}

/** Whether the engine computes by our own kernels: quick enough to draw before anybody asks. */
export function isQuick({ session }: { session: SessionState }): boolean {
  return session.backend?.fused === true;
}
