// A voice for the fake coach: eSpeak NG where it is installed, otherwise a hum; with word times and mouth shapes guessed
// from the letters. Good enough to see a mouth move, and no more.
import { spawnSync } from 'node:child_process';

export const RATE_HZ = 24_000;
export const FRAME = RATE_HZ / 50;

const SHAPES = {
  a: 'aa', e: 'E', i: 'I', o: 'O', u: 'U', y: 'I', p: 'PP', b: 'PP', m: 'PP', f: 'FF', v: 'FF', t: 'DD', d: 'DD',
  n: 'nn', l: 'nn', s: 'SS', z: 'SS', c: 'kk', k: 'kk', g: 'kk', q: 'kk', x: 'kk', r: 'RR', w: 'U', j: 'CH', h: 'TH',
};

/** {pcm: Int16Array at RATE_HZ, words: [[start_ms, end_ms, text]], shapes: [[ms, shape]]} */
export function speak(text) {
  const pcm = espeak(text) ?? hum(text);
  const lengthMs = (1000 * pcm.length) / RATE_HZ;
  const words = wordTimes(text, lengthMs - 120);
  return { pcm, words, shapes: [...words.flatMap(mouth), [Math.round(lengthMs) - 100, 'sil']] };
}

function espeak(text) {
  const run = spawnSync('espeak-ng', ['-v', 'en-us+f3', '-s', '155', '--stdout', text], { maxBuffer: 64e6 });
  if (run.error || run.status !== 0) return null;
  const wav = run.stdout.subarray(44);
  const samples = new Int16Array(wav.buffer.slice(wav.byteOffset, wav.byteOffset + (wav.length & ~1)));
  const step = 22_050 / RATE_HZ;
  return Int16Array.from({ length: Math.floor(samples.length / step) }, (_, n) => {
    const at = n * step;
    const left = samples[Math.floor(at)] ?? 0;
    const right = samples[Math.floor(at) + 1] ?? left;
    return left + (right - left) * (at % 1);
  });
}

function hum(text) {
  return Int16Array.from({ length: Math.floor((text.length * 0.065 + 0.3) * RATE_HZ) }, (_, n) => {
    const s = n / RATE_HZ;
    return 4_000 * Math.sin(2 * Math.PI * 160 * s) * (0.5 + 0.5 * Math.sin(2 * Math.PI * 4 * s));
  });
}

function wordTimes(text, lengthMs) {
  const words = text.split(/\s+/);
  const msPerLetter = lengthMs / words.reduce((sum, word) => sum + word.length + 1, 0);
  let at = 0;
  return words.map((word) => {
    const start = at;
    at += (word.length + 1) * msPerLetter;
    return [Math.round(start), Math.round(at - msPerLetter), word];
  });
}

function mouth([start, end, word]) {
  const letters = [...word.toLowerCase()].filter((letter) => letter in SHAPES);
  const step = (end - start) / Math.max(1, letters.length);
  return letters.map((letter, n) => [Math.round(start + n * step), SHAPES[letter]]);
}

/** The samples as a WAV file. */
export function wavFile(pcm) {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + pcm.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE_HZ, 24);
  header.writeUInt32LE(2 * RATE_HZ, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(pcm.byteLength, 40);
  return Buffer.concat([header, Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength)]);
}
