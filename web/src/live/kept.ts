// What this browser remembers: choices of the person for good, how they take part in a session while its tab lives.

export interface Choices {
  name: string;
  microphone: string | null;
  theme: 'system' | 'light' | 'dark';
}

/** How one takes part in a session, as decided in its lobby. */
export interface Part {
  seat: string;
  /** The AI is heard; false: in writing only. */
  voice: boolean;
  /** One is heard oneself. */
  microphone: boolean;
  /** One comes in with the microphone off. */
  muted: boolean;
  camera: boolean;
}

const NO_CHOICES: Choices = { name: '', microphone: null, theme: 'system' };

export function readChoices(): Choices {
  return { ...NO_CHOICES, theme: readTheme(), ...(read(localStorage, 'vivavoce.choices') as Partial<Choices> | null) };
}

export function keepChoices(changed: Partial<Choices>): void {
  const choices = { ...readChoices(), ...changed };
  localStorage.setItem('vivavoce.choices', JSON.stringify(choices));
  localStorage.setItem('vivavoce.theme', choices.theme); // on its own for theme.js, which runs before all else
}

export function readPart(session: string): Part | null {
  return read(sessionStorage, `vivavoce.part.${session}`) as Part | null;
}

export function keepPart(session: string, part: Part): void {
  sessionStorage.setItem(`vivavoce.part.${session}`, JSON.stringify(part));
}

export function forgetPart(session: string): void {
  sessionStorage.removeItem(`vivavoce.part.${session}`);
}

function readTheme(): Choices['theme'] {
  const theme = localStorage.getItem('vivavoce.theme');
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

function read(storage: Storage, key: string): unknown {
  try {
    return JSON.parse(storage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}
