// The client of one room: keeps the link, the devices and the state together, and tells whoever subscribes.
//
// A screen reads `snapshot()` and sends what the person does; what changes with every picture (mouth, levels) is asked
// for as it is drawn. Nothing here knows a screen.
import type { AudioChoice, ClientMessage, ServerMessage } from '../api/live';
import { bodyOf, http, newKey } from '../server/client';
import { caption, sending } from './captions';
import { Connector, DOWN_HZ, UP_HZ, type Place } from './connection';
import { Heartbeat } from './heartbeat';
import { afterClose, next, type LinkEvent } from './link';
import { Microphone, MicrophoneError } from './microphone';
import { MouthTrack, type MouthMoment, type Saying } from './mouth';
import { EMPTY_ROOM, measured, told, type InputMode, type RoomState } from './room-state';
import { sound, wakeSound } from './sound';
import { tickEvery } from './ticker';
import { LOST, type Transport, type Wire } from './wire';
import type { Done } from './work';

const WELCOME_MS = 8_000;
const HEARTBEAT_S = 2; // unless the welcome says otherwise
const STALE_PARTIAL_MS = 5_000; // after which words of a turn that came to nothing are taken away

export interface RoomOptions extends Place {
  /** One is heard. A format that listens to nobody needs no microphone for its voice. */
  hears: boolean;
  muted: boolean;
  microphone: string | null;
  raw: boolean;
  transport: 'auto' | Transport;
}

export class Room {
  private state: RoomState = EMPTY_ROOM;
  private readonly subscribers = new Set<() => void>();
  private readonly connector: Connector;
  private readonly mouthTrack = new MouthTrack();
  private stopping = new AbortController();
  private microphone: Microphone | null = null;
  private wire: Wire | null = null;
  private attempt = 0;
  private transport: Transport;
  private heartbeat: Heartbeat | null = null;
  private stopTicking: (() => void) | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private met = false; // was welcomed before: the next welcome is a return
  private readonly unsent = new Map<string, string>(); // typed turns the log has not confirmed, by their id

  constructor(private readonly options: RoomOptions) {
    this.connector = new Connector(options);
    this.state = { ...EMPTY_ROOM, muted: options.muted };
    const rtc = options.voice && options.transport !== 'ws' && 'RTCPeerConnection' in globalThis;
    this.transport = rtc ? 'rtc' : 'ws';
  }

  // --- what screens read ---

  readonly snapshot = (): RoomState => this.state;

  readonly subscribe = (callback: () => void): (() => void) => {
    this.subscribers.add(callback);
    return () => this.subscribers.delete(callback);
  };

  /** False: this person takes part in writing only. */
  get hasVoice(): boolean {
    return this.options.voice;
  }

  mouth(): MouthMoment {
    return this.mouthTrack.at(this.connector.voice?.heardMs() ?? Number.NEGATIVE_INFINITY);
  }

  saying(): Saying | null {
    return this.mouthTrack.saying(this.connector.voice?.heardMs() ?? Number.NEGATIVE_INFINITY);
  }

  /** Of the AI's voice as heard, 0..1. */
  voiceRms(): number {
    return this.connector.voice?.rms() ?? 0;
  }

  microphoneRms(): number {
    return this.microphone?.rms ?? 0;
  }

  /** Resolves when the voice that arrived was heard, or after `atMostMs`. */
  async waitHeard(atMostMs: number): Promise<void> {
    const untilMs = performance.now() + atMostMs;
    while (performance.now() < untilMs && this.connector.voice?.busy() === true) {
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  // --- what people do ---

  /** Open the microphone, if there is to be voice, and connect. May be called again after close(). */
  async join(): Promise<void> {
    this.stopping = new AbortController();
    const { signal } = this.stopping;
    if (this.options.voice && this.options.hears) await this.openMicrophone(signal);
    if (signal.aborted) return;
    window.addEventListener('online', () => this.retry(), { signal });
    sound().addEventListener('statechange', () => this.noteSound(), { signal });
    this.noteSound();
    this.step({ is: 'join' });
    this.connect();
  }

  say(text: string): void {
    const id = newKey();
    this.unsent.set(id, text.trim());
    const { captions, seat } = this.state;
    this.change({ captions: sending(captions, id, seat ?? '', captions.names[seat ?? ''] ?? '', text.trim()) });
    this.send({ type: 'text', text, id });
  }

  mute(on: boolean): void {
    this.microphone?.mute(on);
    this.change({ muted: on });
    this.send({ type: 'mute', on });
  }

  setInput(input: InputMode): void {
    if (this.state.pressing) this.press(false);
    this.change({ input });
    this.send({ type: 'input', mode: input });
  }

  /** The push-to-talk key. */
  press(on: boolean): void {
    if (this.state.input !== 'ptt' || this.state.pressing === on) return;
    this.change({ pressing: on });
    this.send({ type: 'ptt', on });
  }

  interrupt(): void {
    this.send({ type: 'interrupt' });
  }

  /** Say what one means to do. */
  declare(text: string): void {
    this.send({ type: 'task', text });
  }

  report(task: string, done: Done): void {
    this.send({ type: 'task.report', task, done });
  }

  /** Start the timer of all; 0 stops it. */
  focus(minutes: number): void {
    this.send({ type: 'focus', minutes });
  }

  /** What nobody but coaches sees. */
  whisper(text: string): void {
    this.send({ type: 'whisper', text });
  }

  takeOver(): void {
    this.send({ type: 'take_over' });
  }

  handBack(briefing: string): void {
    this.send({ type: 'hand_back', briefing });
  }

  dismiss(notice: string): void {
    this.change({ notices: this.state.notices.filter((one) => one.id !== notice) });
  }

  /** To be called in a press: sound may begin. */
  async wake(): Promise<void> {
    await wakeSound();
    this.connector.wake();
    this.noteSound();
  }

  retry(): void {
    if (this.state.link.at !== 'lost') return;
    clearTimeout(this.timer);
    this.step({ is: 'retry' });
    this.connect();
  }

  leave(): void {
    this.send({ type: 'leave' });
    this.step({ is: 'leave', reason: 'left' });
  }

  /** End the session for everyone. Rejects with RequestFailed. */
  async end(): Promise<void> {
    if (this.state.link.at === 'live') this.send({ type: 'end' });
    else {
      const path = { id: this.options.session };
      const session = bodyOf(await http.POST('/api/sessions/{id}/end', { params: { path } }));
      this.change({ session });
    }
  }

  /** The screen is gone. The seat is kept: the session goes on, and one may come back. */
  close(): void {
    this.stopping.abort();
    clearTimeout(this.timer);
    this.hangUp();
    this.connector.close();
    this.microphone?.close();
    this.microphone = null;
    this.change({ link: { at: 'idle' }, mood: 'off' });
  }

  // --- the link ---

  private connect(): void {
    this.hangUp();
    const attempt = ++this.attempt;
    const ours = (): boolean => attempt === this.attempt && !this.stopping.signal.aborted;
    const transport = this.transport;
    this.timer = setTimeout(() => ours() && this.closed(LOST, '', transport), WELCOME_MS * 2);
    const listener = {
      onOpen: () => ours() && this.opened(),
      onMessage: (message: ServerMessage) => ours() && this.read(message, transport),
      onClose: (code: number, reason: string) => ours() && this.closed(code, reason, transport),
    };
    this.connector.open(transport, this.microphone, listener).then(
      (wire) => {
        if (ours()) this.wire = wire;
        else wire.close();
      },
      () => ours() && this.closed(LOST, '', transport),
    );
  }

  private opened(): void {
    const { lastSeq, input } = this.state;
    const rates: AudioChoice = this.transport === 'rtc' ? {} : { up_hz: UP_HZ, down_hz: DOWN_HZ };
    const audio = this.options.voice ? rates : null;
    this.send({ type: 'hello', seat: this.options.seat, after: lastSeq, audio, input });
  }

  private closed(code: number, reason: string, transport: Transport): void {
    const welcomed = this.state.link.at === 'live';
    this.hangUp();
    if (transport === 'rtc' && !welcomed && this.options.transport === 'auto' && code === LOST) {
      this.transport = 'ws';
      this.connect();
      return;
    }
    this.step(afterClose(code, reason, performance.now(), Math.random()));
  }

  private step(event: LinkEvent): void {
    const link = next(this.state.link, event);
    if (link === this.state.link) return;
    this.change({ link, ...(link.at === 'lost' ? { mood: 'off', speaking: [], quality: null } : {}) });
    if (link.at === 'lost') {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.retry(), link.retryAtMs - performance.now());
    }
    if (link.at === 'left') {
      // leave gets out before the connection is closed
      setTimeout(() => this.hangUp(), 200);
    }
  }

  private hangUp(): void {
    clearTimeout(this.timer);
    this.attempt += 1;
    this.stopTicking?.();
    this.stopTicking = null;
    this.heartbeat = null;
    this.wire?.close();
    this.wire = null;
    this.mouthTrack.flush();
    this.connector.drop();
  }

  private beat(everyMs: number): void {
    this.stopTicking?.();
    this.heartbeat = new Heartbeat(everyMs, performance.now());
    this.stopTicking = tickEvery(everyMs, () => {
      if (this.heartbeat === null) return;
      const nowMs = performance.now();
      if (this.heartbeat.isDead(nowMs)) this.closed(LOST, 'nothing came for a while', this.transport);
      else this.send(this.heartbeat.ping(nowMs));
    });
  }

  private send(message: ClientMessage): void {
    this.wire?.send(message);
  }

  // --- what arrives ---

  private read(message: ServerMessage, transport: Transport): void {
    const nowMs = performance.now();
    this.heartbeat?.heard(nowMs);
    this.change(told(this.state, message, nowMs));
    switch (message.type) {
      case 'welcome':
        this.welcomed(message.heartbeat_s ?? HEARTBEAT_S, transport);
        return;
      case 'pong': {
        const rttMs = this.heartbeat?.pong(message.id, nowMs) ?? null;
        if (rttMs !== null) this.change({ quality: measured(this.state.quality, rttMs) });
        return;
      }
      case 'mouth':
        this.mouthTrack.add(message, this.connector.voice?.arrivingMs() ?? 0);
        return;
      case 'hold':
        this.mouthTrack.hold(message.on, this.connector.voice?.arrivingMs() ?? 0);
        return;
      case 'flush':
        this.mouthTrack.flush();
        this.connector.voice?.flush();
        return;
      case 'speaking':
        if (!message.on) this.forgetPartial(message.seat);
        return;
      case 'turn.heard':
        this.confirm(message.text);
        return;
    }
  }

  private welcomed(heartbeatS: number, transport: Transport): void {
    clearTimeout(this.timer);
    this.wire?.welcomed();
    this.step({ is: 'joined', atMs: performance.now() });
    this.change({ transport });
    if (this.met) this.note('back');
    this.met = true;
    this.beat(heartbeatS * 1000);
    if (this.state.muted) this.send({ type: 'mute', on: true });
    for (const [id, text] of this.unsent) this.send({ type: 'text', text, id }); // harmless where it had arrived
  }

  private note(kind: string): void {
    const notice = { id: `${kind}:${performance.now()}`, kind, text: '' }; // the screen has the words
    this.change({ notices: [...this.state.notices.filter((one) => one.kind !== kind), notice] });
  }

  private confirm(text: string): void {
    for (const [id, waiting] of this.unsent) {
      if (waiting !== text.trim()) continue;
      this.unsent.delete(id);
      return;
    }
  }

  private forgetPartial(seat: string): void {
    const open = this.state.captions.lines.find((line) => line.id === `open:${seat}`);
    if (open === undefined) return;
    setTimeout(() => {
      if (!this.state.captions.lines.includes(open)) return;
      this.change({ captions: caption(this.state.captions, { type: 'partial', seat, text: '' }, '') });
    }, STALE_PARTIAL_MS);
  }

  // --- devices ---

  private async openMicrophone(signal: AbortSignal): Promise<void> {
    this.change({ microphone: 'opening' });
    try {
      const { microphone: deviceId, raw } = this.options;
      const microphone = await Microphone.open(sound(), { deviceId, raw });
      if (signal.aborted) {
        microphone.close();
        return;
      }
      this.microphone = microphone;
      microphone.mute(this.state.muted);
      microphone.onEnded(() => this.change({ microphone: 'missing' }));
      this.change({ microphone: 'on' });
    } catch (error) {
      if (!(error instanceof MicrophoneError)) throw error;
      if (!signal.aborted) this.change({ microphone: error.fault });
    }
  }

  private noteSound(): void {
    this.change({ silenced: this.options.voice && sound().state !== 'running' });
  }

  private change(changed: Partial<RoomState>): void {
    const state = { ...this.state, ...changed };
    const same = (Object.keys(changed) as (keyof RoomState)[]).every((key) => Object.is(state[key], this.state[key]));
    if (same) return;
    this.state = state;
    for (const subscriber of this.subscribers) subscriber();
  }
}
