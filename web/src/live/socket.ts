import type { ClientMessage } from '../api/live';
import { LOST, parse, type Wire, type WireListener } from './wire';

const CONNECT_MS = 8_000;
const MOST_WAITING_BYTES = 64_000; // 2 s of microphone: what is older is of no use to a conversation

export interface SocketListener extends WireListener {
  onAudio(pcm: Int16Array<ArrayBuffer>): void;
}

/** The live protocol over a WebSocket, with voice as PCM16 in binary frames. */
export class SocketWire implements Wire {
  readonly transport = 'ws';
  private readonly socket: WebSocket;
  private readonly timer: ReturnType<typeof setTimeout>;
  private closed = false;
  private mayTalk = false;

  constructor(
    url: string,
    private readonly listener: SocketListener,
  ) {
    this.socket = new WebSocket(url);
    this.socket.binaryType = 'arraybuffer';
    this.timer = setTimeout(() => this.finish(LOST, 'connecting took too long'), CONNECT_MS);
    this.socket.onopen = () => {
      clearTimeout(this.timer);
      if (!this.closed) this.listener.onOpen();
    };
    this.socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => this.read(event.data);
    this.socket.onclose = (event) => this.finish(event.code, event.reason);
  }

  send(message: ClientMessage): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  welcomed(): void {
    this.mayTalk = true;
  }

  /** Send a piece of the microphone; drops it before the welcome, and where the network is far behind. */
  sendAudio(pcm: Int16Array<ArrayBuffer>): void {
    if (!this.mayTalk || this.socket.readyState !== WebSocket.OPEN || this.socket.bufferedAmount > MOST_WAITING_BYTES) return;
    this.socket.send(pcm);
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket.close(1000);
  }

  private read(frame: string | ArrayBuffer): void {
    if (this.closed) return;
    if (typeof frame !== 'string') {
      this.listener.onAudio(new Int16Array(frame));
      return;
    }
    const message = parse(frame);
    if (message !== null) this.listener.onMessage(message);
  }

  private finish(code: number, reason: string): void {
    clearTimeout(this.timer);
    if (this.closed) return;
    this.closed = true;
    this.socket.close();
    this.listener.onClose(code, reason);
  }
}
