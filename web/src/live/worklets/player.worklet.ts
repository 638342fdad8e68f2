import { level } from '../pcm';
import { PlayerBuffer } from '../playback';
import type { PlayerCommand, PlayerReport } from '../player-messages';

const REPORT_EVERY = 4; // blocks of 128 samples: about 11 ms

/** Plays the voice it is sent, and tells where it stands. */
class Player extends AudioWorkletProcessor {
  private readonly buffer: PlayerBuffer;
  private blocks = 0;

  constructor(options: AudioWorkletNodeOptions) {
    super();
    const { fromHz } = options.processorOptions as { fromHz: number };
    this.buffer = new PlayerBuffer(fromHz, sampleRate);
    this.port.onmessage = (event: MessageEvent<PlayerCommand>) => {
      if (event.data === 'flush') this.buffer.flush();
      else this.buffer.push(event.data);
    };
  }

  process(_: Float32Array[][], outputs: Float32Array[][]): boolean {
    const channels = outputs[0] ?? [];
    const first = channels[0];
    if (first === undefined) return true;
    this.buffer.pull(first);
    for (const channel of channels.slice(1)) channel.set(first);
    if (++this.blocks % REPORT_EVERY === 0) this.port.postMessage(this.report(first));
    return true;
  }

  private report(block: Float32Array): PlayerReport {
    const { playedMs, isPlaying } = this.buffer;
    return { playedMs, playing: isPlaying, rms: level(block), atS: currentTime };
  }
}

registerProcessor('player', Player);
