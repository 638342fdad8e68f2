// One try to be in a room: a wire, and the voice that comes with it.
import { bodyOf, http } from '../server/client';
import type { Microphone } from './microphone';
import { RtcWire } from './rtc';
import { SocketWire } from './socket';
import { sound } from './sound';
import { PlayerVoice, TrackVoice, type Voice } from './voice';
import type { Transport, Wire, WireListener } from './wire';

export const UP_HZ = 16_000 as const; // what the capture worklet gives
export const DOWN_HZ = 24_000 as const;

export interface Place {
  session: string;
  seat: string;
  /** Voice goes both ways; false: text only, over a WebSocket. */
  voice: boolean;
}

/** Opens connections to one place. The microphone and the player are kept from one to the next. */
export class Connector {
  private player: PlayerVoice | null = null;
  private track: TrackVoice | null = null;
  private stopSending: (() => void) | null = null;

  constructor(private readonly place: Place) {}

  /** The voice of the current connection. */
  get voice(): Voice | null {
    return this.track ?? this.player;
  }

  /** Begin one try. What it leads to is told to `listener`. */
  async open(transport: Transport, microphone: Microphone | null, listener: WireListener): Promise<Wire> {
    this.drop();
    return transport === 'rtc' ? this.openRtc(microphone, listener) : this.openSocket(microphone, listener);
  }

  /** The current connection is over. */
  drop(): void {
    this.stopSending?.();
    this.stopSending = null;
    this.track?.close();
    this.track = null;
    this.player?.flush();
  }

  close(): void {
    this.drop();
    this.player?.close();
    this.player = null;
  }

  /** After the person pressed something: sound may begin now. */
  wake(): void {
    this.track?.resume();
  }

  private openRtc(microphone: Microphone | null, listener: WireListener): Wire {
    this.player?.close(); // a voice on a track is not played by it
    this.player = null;
    const onTrack = (stream: MediaStream, receiver: RTCRtpReceiver): void => {
      this.track?.close();
      this.track = new TrackVoice(sound(), stream, receiver);
    };
    return new RtcWire(forwarded(listener, { onTrack }), (offer) => this.answerTo(offer), microphone?.track ?? null);
  }

  private async openSocket(microphone: Microphone | null, listener: WireListener): Promise<Wire> {
    if (this.place.voice) this.player ??= await PlayerVoice.open(sound(), DOWN_HZ);
    const onAudio = (pcm: Int16Array<ArrayBuffer>): void => this.player?.push(pcm);
    const wire = new SocketWire(socketUrl(this.place.session), forwarded(listener, { onAudio }));
    const send = (frame: { pcm: Int16Array<ArrayBuffer> }): void => wire.sendAudio(frame.pcm);
    this.stopSending = microphone?.listen(send) ?? null;
    return wire;
  }

  private async answerTo(offer: string): Promise<string> {
    const { session, seat } = this.place;
    const answer = await http.POST('/api/sessions/{id}/webrtc', {
      params: { path: { id: session } },
      body: { sdp: offer, seat },
      headers: { Accept: 'application/json' },
    });
    const body: unknown = bodyOf<unknown>(answer);
    return (body as { sdp: string }).sdp;
  }
}

function forwarded<More>(listener: WireListener, more: More): WireListener & More {
  return {
    onOpen: () => listener.onOpen(),
    onMessage: (message) => listener.onMessage(message),
    onClose: (code, reason) => listener.onClose(code, reason),
    ...more,
  };
}

function socketUrl(session: string): string {
  const url = new URL(`/api/sessions/${encodeURIComponent(session)}/live`, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
