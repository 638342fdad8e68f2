let context: AudioContext | null = null;

/** The page's one audio context: browsers allow only a few, and a press that wakes it on one screen counts on the next. */
export function sound(): AudioContext {
  context ??= new AudioContext({ latencyHint: 'interactive' });
  return context;
}

/** To be called in a press of a button or key: browsers play nothing before one. */
export async function wakeSound(): Promise<boolean> {
  await Promise.race([sound().resume(), new Promise((done) => setTimeout(done, 300))]);
  return sound().state === 'running';
}
