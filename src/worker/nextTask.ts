const waiting: (() => void)[] = [];
const { port1, port2 } = new MessageChannel();
port1.onmessage = () => waiting.shift()?.();
// In Node an open port keeps the process alive; a browser's has no such method.
(port1 as { unref?: () => void }).unref?.();

/** Resolves in a task of its own, after messages that have arrived meanwhile. Unlike setTimeout it never waits. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
}
