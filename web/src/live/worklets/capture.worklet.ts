import { Framer } from '../framer';

export const FRAME_MS = 20;
export const UP_HZ = 16_000;

/** Posts each 20 ms of the microphone as {pcm, rms}. */
class Capture extends AudioWorkletProcessor {
  private readonly framer = new Framer(sampleRate, UP_HZ, FRAME_MS);

  process(inputs: Float32Array[][]): boolean {
    const channel = inputs[0]?.[0];
    if (channel === undefined) return true; // the microphone is not connected, or gave nothing yet
    for (const frame of this.framer.push(channel)) this.port.postMessage(frame, [frame.pcm.buffer]);
    return true;
  }
}

registerProcessor('capture', Capture);
