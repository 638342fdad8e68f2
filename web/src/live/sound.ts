let context: AudioContext | null = null;

/**
 * The page's one audio context: browsers allow only a few, and a press that wakes it on one screen counts on the next.
 * One that was made before any press sleeps until the first.
 */
export function sound(): AudioContext {
  if (context === null) {
    context = new AudioContext({ latencyHint: 'interactive' });
    for (const press of ['pointerdown', 'keydown']) addEventListener(press, () => void context?.resume(), { capture: true });
  }
  return context;
}

/** To be called in a press of a button or key. True if sound can be played from here on. */
export async function wakeSound(): Promise<boolean> {
  await Promise.race([sound().resume(), new Promise((done) => setTimeout(done, 300))]);
  return sound().state === 'running';
}
