// The AI's voice as it is heard here, whatever carries it.
//
// Positions are ms on the voice's own clock: `arrivingMs` is where a sound that comes in now will lie, `heardMs` what
// comes out of the speaker now. Mouth and words are tied to the first and read by the second.
import type { PlayerCommand, PlayerReport } from './player-messages';
import playerUrl from './worklets/player.worklet.ts?worker&url';

export interface Voice {
  arrivingMs(): number;
  heardMs(): number;
  /** Root mean square of what is heard, 0..1. */
  rms(): number;
  /** True while something is sounding or waits to. */
  busy(): boolean;
  /** Throw away what is not played yet. */
  flush(): void;
  close(): void;
}

/** The voice from PCM frames, through a player on the audio thread. */
export class PlayerVoice implements Voice {
  private pushedMs = 0;
  private report: PlayerReport = { playedMs: 0, playing: false, rms: 0, atS: 0 };

  private constructor(
    private readonly context: AudioContext,
    private readonly node: AudioWorkletNode,
    private readonly fromHz: number,
  ) {
    node.port.onmessage = (event: MessageEvent<PlayerReport>) => (this.report = event.data);
  }

  static async open(context: AudioContext, fromHz: number): Promise<PlayerVoice> {
    await context.audioWorklet.addModule(playerUrl);
    const node = new AudioWorkletNode(context, 'player', {
      numberOfInputs: 0,
      outputChannelCount: [2],
      processorOptions: { fromHz },
    });
    node.connect(context.destination);
    return new PlayerVoice(context, node, fromHz);
  }

  push(pcm: Int16Array<ArrayBuffer>): void {
    this.pushedMs += (1000 * pcm.length) / this.fromHz;
    this.command(pcm, [pcm.buffer]);
  }

  arrivingMs(): number {
    return this.pushedMs;
  }

  heardMs(): number {
    const { playedMs, playing, atS } = this.report;
    const sinceMs = playing ? 1000 * Math.max(0, this.context.currentTime - atS) : 0;
    return Math.min(this.pushedMs, playedMs + sinceMs) - 1000 * this.context.outputLatency;
  }

  rms(): number {
    return this.report.rms;
  }

  busy(): boolean {
    return this.report.playing || this.report.playedMs < this.pushedMs - 5;
  }

  flush(): void {
    this.command('flush');
  }

  close(): void {
    this.node.disconnect();
    this.node.port.close();
  }

  private command(command: PlayerCommand, transfer: Transferable[] = []): void {
    this.node.port.postMessage(command, transfer);
  }
}

const DEVICE_MS = 30; // from the decoder to the ear, where the browser does not tell
const DELAY_EVERY_MS = 500;
const FLUSHED_MS = 150; // what may still sit in the browser's jitter buffer

/** The voice from a WebRTC track, through an audio element. The browser's buffer is measured, as it adapts. */
export class TrackVoice implements Voice {
  private readonly element = new Audio();
  private readonly analyser: AnalyserNode;
  private readonly source: MediaStreamAudioSourceNode;
  private readonly window: Float32Array<ArrayBuffer>;
  private readonly timer: ReturnType<typeof setInterval>;
  private delayMs = 60;
  private counted = { delayS: 0, samples: 0 };

  constructor(
    context: AudioContext,
    stream: MediaStream,
    private readonly receiver: RTCRtpReceiver,
  ) {
    this.element.srcObject = stream;
    this.element.play().catch(() => undefined); // not allowed yet: the screen asks for a press, then calls resume()
    this.source = context.createMediaStreamSource(stream);
    this.analyser = context.createAnalyser();
    this.analyser.fftSize = 512;
    this.window = new Float32Array(this.analyser.fftSize);
    this.source.connect(this.analyser);
    this.timer = setInterval(() => void this.measure(), DELAY_EVERY_MS);
  }

  arrivingMs(): number {
    return performance.now();
  }

  heardMs(): number {
    return performance.now() - this.delayMs;
  }

  rms(): number {
    this.analyser.getFloatTimeDomainData(this.window);
    let sum = 0;
    for (const value of this.window) sum += value * value;
    return Math.sqrt(sum / this.window.length);
  }

  busy(): boolean {
    return this.rms() > 0.003;
  }

  flush(): void {
    this.element.volume = 0;
    setTimeout(() => (this.element.volume = 1), FLUSHED_MS);
  }

  resume(): void {
    this.element.play().catch(() => undefined);
  }

  close(): void {
    clearInterval(this.timer);
    this.source.disconnect();
    this.element.srcObject = null;
  }

  private async measure(): Promise<void> {
    const stats = await this.receiver.getStats();
    stats.forEach((one: RTCInboundRtpStreamStats) => {
      const { jitterBufferDelay: delayS, jitterBufferEmittedCount: samples } = one;
      if (one.type !== 'inbound-rtp' || delayS === undefined || samples === undefined) return;
      const emitted = samples - this.counted.samples;
      if (emitted > 0) this.delayMs = (1000 * (delayS - this.counted.delayS)) / emitted + DEVICE_MS;
      this.counted = { delayS, samples };
    });
  }
}
