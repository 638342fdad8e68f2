import TickerWorker from './ticker.worker.ts?worker';

/** Calls `tick` every `everyMs`, also while the page is in the background. Returns how to stop it. */
export function tickEvery(everyMs: number, tick: () => void): () => void {
  const worker = new TickerWorker();
  worker.onmessage = tick;
  worker.postMessage(everyMs);
  return () => worker.terminate();
}
