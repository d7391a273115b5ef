import { type BackendName, backendNames } from '../engine/backend/report';
import type { StartOptions } from '../worker/protocol';

/** How the address of the page asks for the engine to be started, and which parts of it cannot be used. */
export function startOptionsOf(address: string): { options: StartOptions; problem: string | null } {
  const url = new URL(address);
  const asked = url.searchParams.get('backend');
  const options: StartOptions = { baseUrl: new URL('.', url).href };
  if (asked === null) return { options, problem: null };
  if (isBackendName(asked)) return { options: { ...options, backend: asked }, problem: null };
  const problem = `There is no backend “${asked}”, so the best one that works was chosen. There are: ${backendNames.join(', ')}.`;
  return { options, problem };
}

function isBackendName(name: string): name is BackendName {
  return (backendNames as readonly string[]).includes(name);
}
