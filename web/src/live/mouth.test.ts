import { expect, test } from 'vitest';
import type { MouthMove } from '../api/live';
import { MouthTrack, type Viseme } from './mouth';

const HELLO: MouthMove = {
  type: 'mouth',
  reply: 'rep_1',
  at_ms: 0,
  shapes: [
    [0, 'E'],
    [200, 'aa'],
    [400, 'O'],
    [700, 'sil'],
  ],
  words: [
    [0, 180, 'Hello'],
    [200, 690, 'there'],
  ],
};

/** The shape that is seen for the most part. */
function shape(track: MouthTrack, heardMs: number): Viseme {
  const { from, to, part } = track.at(heardMs);
  return part < 0.5 ? from : to;
}

test('the mouth follows what is heard, not what arrives', () => {
  const track = new MouthTrack();
  track.add(HELLO, 1_000);
  expect(shape(track, 990)).toBe('sil');
  expect(shape(track, 1_100)).toBe('E');
  expect(shape(track, 1_300)).toBe('aa');
  expect(shape(track, 1_500)).toBe('O');
  expect(shape(track, 1_900)).toBe('sil');
});

test('the next sentence takes over where it begins', () => {
  const track = new MouthTrack();
  track.add(HELLO, 0);
  track.add({ ...HELLO, shapes: [[0, 'U']] }, 800);
  expect(shape(track, 300)).toBe('aa');
  expect(shape(track, 900)).toBe('U');
});

test('lips glide from shape to shape', () => {
  const track = new MouthTrack();
  track.add(HELLO, 0);
  expect(track.at(200)).toMatchObject({ from: 'E', to: 'aa', part: 0.5 });
});

test('while the AI holds the mouth is at rest, and then goes on where it stopped', () => {
  const track = new MouthTrack();
  track.add(HELLO, 0); // over WebRTC the voice's clock is time itself
  track.hold(true, 300);
  expect(shape(track, 290)).toBe('aa');
  expect(shape(track, 600)).toBe('sil');
  track.hold(false, 1_300);
  expect(shape(track, 900)).toBe('sil');
  expect(shape(track, 1_500)).toBe('O');
  expect(track.saying(1_350)?.begun).toBe(2);
});

test('a hold without voice coming in moves nothing', () => {
  const track = new MouthTrack();
  track.add(HELLO, 0); // over a WebSocket nothing comes in meanwhile, and the clock stands
  track.hold(true, 300);
  track.hold(true, 300);
  track.hold(false, 300);
  expect(shape(track, 500)).toBe('O');
});

test('a flush closes the mouth', () => {
  const track = new MouthTrack();
  track.add(HELLO, 0);
  track.flush();
  expect(shape(track, 300)).toBe('sil');
  expect(track.saying(300)).toBeNull();
});

test('words are lit as they begin', () => {
  const track = new MouthTrack();
  track.add(HELLO, 0);
  expect(track.saying(100)).toEqual({ reply: 'rep_1', words: ['Hello', 'there'], begun: 1 });
  expect(track.saying(250)?.begun).toBe(2);
  expect(track.saying(1_000)?.begun).toBe(2);
  expect(track.saying(2_000)).toBeNull();
});

test('a shape that is not known is a closed mouth', () => {
  const track = new MouthTrack();
  track.add({ ...HELLO, shapes: [[0, 'XX']] }, 0);
  expect(shape(track, 100)).toBe('sil');
});
