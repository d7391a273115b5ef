/** Resolves in a task of its own, after messages that have arrived meanwhile. Unlike setTimeout it never waits. */
export const nextTask: () => Promise<void> =
  typeof setImmediate === 'function' ? () => new Promise((resolve) => setImmediate(resolve)) : channelTask();

/** By a message to oneself: browsers have no setImmediate. (Node takes a thousand of its messages in one task.) */
function channelTask(): () => Promise<void> {
  const waiting: (() => void)[] = [];
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}
