import captureUrl from './worklets/capture.worklet.ts?worker&url';
import type { MicrophoneFrame } from './framer';

export type MicrophoneFault = 'denied' | 'missing' | 'busy' | 'unsupported';

export class MicrophoneError extends Error {
  constructor(readonly fault: MicrophoneFault) {
    super(fault);
  }
}

export interface MicrophoneChoice {
  /** Of a device; null: the one the browser prefers. */
  deviceId: string | null;
  /** Without the browser's echo cancellation, noise suppression and gain control. */
  raw: boolean;
}

/** An open microphone: its track for WebRTC, its frames for a WebSocket, its level for a meter. */
export class Microphone {
  private lastRms = 0;
  private readonly listeners = new Set<(frame: MicrophoneFrame) => void>();

  private constructor(
    private readonly stream: MediaStream,
    private readonly source: MediaStreamAudioSourceNode,
    private readonly node: AudioWorkletNode,
  ) {
    node.port.onmessage = (event: MessageEvent<MicrophoneFrame>) => {
      this.lastRms = event.data.rms;
      for (const listener of this.listeners) listener(event.data);
    };
  }

  /** Rejects with MicrophoneError. */
  static async open(context: AudioContext, choice: MicrophoneChoice): Promise<Microphone> {
    const stream = await askForMicrophone(choice);
    await context.audioWorklet.addModule(captureUrl);
    const source = context.createMediaStreamSource(stream);
    const node = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0, channelCount: 1, channelCountMode: 'explicit' });
    source.connect(node);
    return new Microphone(stream, source, node);
  }

  get track(): MediaStreamTrack | null {
    return this.stream.getAudioTracks()[0] ?? null;
  }

  get label(): string {
    return this.track?.label ?? '';
  }

  /** Root mean square of the last 20 ms, 0..1; 0 while muted. */
  get rms(): number {
    return this.track?.enabled === true ? this.lastRms : 0;
  }

  /** A muted microphone gives silence, on every transport. */
  mute(on: boolean): void {
    if (this.track !== null) this.track.enabled = !on;
  }

  /** Hear every frame until the returned function is called. */
  listen(listener: (frame: MicrophoneFrame) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Called when the device is pulled out or taken away. */
  onEnded(callback: () => void): void {
    this.track?.addEventListener('ended', callback);
  }

  close(): void {
    this.source.disconnect();
    this.node.port.onmessage = null;
    for (const track of this.stream.getTracks()) track.stop();
  }
}

async function askForMicrophone({ deviceId, raw }: MicrophoneChoice): Promise<MediaStream> {
  // not there outside a secure context, whatever its type says
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) throw new MicrophoneError('unsupported');
  try {
    return await devices.getUserMedia({
      audio: {
        ...(deviceId === null ? {} : { deviceId: { ideal: deviceId } }),
        echoCancellation: !raw,
        noiseSuppression: !raw,
        autoGainControl: !raw,
        channelCount: 1,
      },
    });
  } catch (error) {
    throw new MicrophoneError(faultOf(error));
  }
}

/** The exceptions of getUserMedia (W3C Media Capture and Streams, 10.2). */
export function faultOf(error: unknown): MicrophoneFault {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    default:
      return 'busy';
  }
}
