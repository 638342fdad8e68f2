import type { ClientMessage } from '../api/live';
import { LOST, parse, type Wire, type WireListener } from './wire';

const CONNECT_MS = 5_000;

export interface RtcListener extends WireListener {
  onTrack(stream: MediaStream, receiver: RTCRtpReceiver): void;
}

/** Exchanges an offer for the server's answer; rejects where the server has no WebRTC. */
export type Signal = (offer: string) => Promise<string>;

/**
 * The live protocol over WebRTC: the microphone up and the AI's voice down as tracks, messages on a data channel.
 *
 * The offer is sent at once, without candidates: the server learns the browser's address from its first packet, which
 * saves a second where candidates hide behind mDNS names.
 */
export class RtcWire implements Wire {
  readonly transport = 'rtc';
  private readonly peer = new RTCPeerConnection({ iceServers: [] });
  private readonly channel: RTCDataChannel;
  private readonly timer: ReturnType<typeof setTimeout>;
  private readonly sender: RTCRtpSender;
  private closed = false;

  constructor(
    private readonly listener: RtcListener,
    signal: Signal,
    private readonly microphone: MediaStreamTrack | null,
  ) {
    this.channel = this.peer.createDataChannel('events');
    this.timer = setTimeout(() => this.finish(LOST, 'connecting took too long'), CONNECT_MS);
    this.listen();
    const direction = microphone === null ? 'recvonly' : 'sendrecv';
    this.sender = this.peer.addTransceiver('audio', { direction }).sender; // without a track nothing is sent yet
    this.connect(signal).catch(() => this.finish(LOST, 'no answer to the offer'));
  }

  send(message: ClientMessage): void {
    if (this.channel.readyState === 'open') this.channel.send(JSON.stringify(message));
  }

  welcomed(): void {
    if (this.microphone !== null) this.sender.replaceTrack(this.microphone).catch(() => this.finish(LOST, 'no microphone'));
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.peer.close();
  }

  private async connect(signal: Signal): Promise<void> {
    const offer = await this.peer.createOffer();
    await this.peer.setLocalDescription(offer);
    const answer = await signal(this.peer.localDescription?.sdp ?? offer.sdp ?? '');
    if (!this.closed) await this.peer.setRemoteDescription({ type: 'answer', sdp: answer });
  }

  private listen(): void {
    this.peer.ontrack = (event) => this.listener.onTrack(new MediaStream([event.track]), event.receiver);
    this.peer.onconnectionstatechange = () => {
      if (this.peer.connectionState === 'failed') this.finish(LOST, 'the connection failed');
    };
    this.channel.onopen = () => {
      clearTimeout(this.timer);
      if (!this.closed) this.listener.onOpen();
    };
    this.channel.onclose = () => this.finish(LOST, 'the channel was closed');
    this.channel.onmessage = (event: MessageEvent<unknown>) => {
      if (!this.closed && typeof event.data === 'string') this.read(event.data);
    };
  }

  private read(text: string): void {
    const message = parse(text);
    if (message?.type === 'closed') this.finish(message.code, message.reason);
    else if (message !== null) this.listener.onMessage(message);
  }

  private finish(code: number, reason: string): void {
    clearTimeout(this.timer);
    if (this.closed) return;
    this.closed = true;
    this.peer.close();
    this.listener.onClose(code, reason);
  }
}
