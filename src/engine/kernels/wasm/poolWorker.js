// A thread of the pool (threadPool.ts): waits for a job, takes units until none is left, waits again. It is JavaScript
// without imports so that Node runs it as it stands; a browser gets it from the bundler.

/** How long an idle thread looks for the next job before it sleeps: longer than between two kernels of a step. */
const SPIN_MS = 0.1;

async function main({ module, memory, control, places, names, thread }, ready) {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const jobs = names.map((name) => exports[name]);
  const { generation, open, active, stopped } = places;
  let seen = Atomics.load(control, generation);
  ready();
  while (true) {
    waitForJob(control, places, seen);
    if (Atomics.load(control, stopped)) return;
    seen = Atomics.load(control, generation);
    Atomics.add(control, active, 1);
    // Read after `active` is up: while a thread is active, the caller leaves the fields of an open job alone.
    if (Atomics.load(control, open)) takeUnits(jobs, control, places, thread);
    if (Atomics.sub(control, active, 1) === 1) Atomics.notify(control, active);
  }
}

function waitForJob(control, { generation, sleeping }, seen) {
  const until = performance.now() + SPIN_MS;
  while (performance.now() < until) {
    for (let i = 0; i < 64; i++) if (Atomics.load(control, generation) !== seen) return;
  }
  Atomics.add(control, sleeping, 1);
  Atomics.wait(control, generation, seen);
  Atomics.sub(control, sleeping, 1);
}

function takeUnits(jobs, control, places, thread) {
  const run = jobs[control[places.job]];
  const units = control[places.units];
  const argument = control[places.arguments];
  const scratch = control[places.scratch] + thread * control[places.stride];
  try {
    while (true) {
      const unit = Atomics.add(control, places.next, 1);
      if (unit >= units) return;
      run(argument, unit, unit + 1, scratch);
    }
  } catch {
    Atomics.store(control, places.failed, 1);
  }
}

/** The first message tells that it is ready, or why not: a browser reports no rejected promise of a worker. */
function serve(data, port) {
  main(data, () => port.postMessage('ready')).catch((error) => port.postMessage(String(error)));
}

if (typeof self !== 'undefined' && typeof self.postMessage === 'function') {
  self.onmessage = ({ data }) => serve(data, self);
  self.onmessageerror = () => self.postMessage('it cannot read what it was sent');
} else {
  const { parentPort, workerData } = await import(/* @vite-ignore */ 'node:worker_threads');
  serve(workerData, parentPort);
}
