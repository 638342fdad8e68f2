/** Seconds as people read a clock: 4:07, 1:02:09. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** A length in words: 45 s, 12 min, 1 h 5 min. */
export function length(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const DAY_MS = 86_400_000;

/** A moment as people name it: today, 14:05; yesterday, 9:12; 3 March, 16:40. */
export function moment(iso: string, now = new Date()): string {
  const at = new Date(iso);
  const time = new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit' }).format(at);
  const days = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / DAY_MS);
  if (days === 0 || days === 1) return `${days === 0 ? 'Today' : 'Yesterday'}, ${time}`;
  const sameYear = at.getFullYear() === now.getFullYear();
  const date = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) }).format(at);
  return `${date}, ${time}`;
}

/** An amount in the currency's smallest unit, as a price. */
export function price(amount: number, currency: string): string {
  const form = new Intl.NumberFormat('en', { style: 'currency', currency: currency.toUpperCase() });
  return form.format(amount / 10 ** (form.resolvedOptions().maximumFractionDigits ?? 2));
}
