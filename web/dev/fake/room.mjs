// A fake live room: enough of the protocol (docs/protocol.md) to build screens against. It greets, answers what is typed
// with the next line of a script, can be interrupted, asks back before it closes, and says goodbye.
//
// With FAKE_HEAR=1 any sound in the microphone is taken for the next line of the person.
import { FRAME, RATE_HZ, speak } from './voice.mjs';

const GREETING = ["Hi, I'm Ada, an AI coach.", 'This is your time, and you can stop whenever you like.', 'What would you like to work on today?'];
const REPLIES = [
  ['You want to ask for the promotion, and you keep putting it off.', 'What would be different for you once you have asked?'],
  ['So it is less about the title and more about being seen.', 'Where do you stand with that today, on a scale from one to ten?'],
  ['A four, and you said that Robin noticed the launch.', 'What else could you do before Thursday to make it a five?'],
  ['That sounds like a first step you could take.', 'When exactly will you do it?'],
];
const HEARD = [
  'I want to ask for a promotion and I keep putting it off',
  'I think I would finally feel that my work is seen',
  'maybe a four because Robin did say the launch went well',
  'I could write down three results and send them to her',
];
const CLOSING = /\b(wrap up|have to go|let's stop|goodbye)\b/i;
const now = () => new Date().toISOString();

export class FakeRoom {
  constructor(session) {
    this.session = session;
    this.log = [];
    this.sockets = new Map();
    this.saying = null;
    this.said = 0;
    this.heard = 0;
    this.note('session.created', { format: session.format, persona: session.persona, title: session.title });
  }

  ms() {
    return this.session.started_at ? Date.now() - Date.parse(this.session.started_at) : 0;
  }

  note(type, fields) {
    const event = { seq: this.log.length + 1, type, at: now(), ...fields };
    this.log.push(event);
    this.session.last_seq = event.seq;
    this.tell(event);
  }

  tell(message) {
    for (const socket of this.sockets.keys()) socket.send(JSON.stringify(message));
  }

  attach(socket, hello, welcome) {
    socket.send(JSON.stringify(welcome));
    for (const event of this.log.filter((one) => one.seq > (hello.after ?? 0))) socket.send(JSON.stringify(event));
    this.sockets.set(socket, { seat: welcome.seat, audio: Boolean(hello.audio), loud: 0, quiet: 0 });
    if (this.session.phase === 'ready') this.start();
  }

  start() {
    this.session.started_at = now();
    this.phase('active');
    setTimeout(() => this.reply('greeting', GREETING), 500);
  }

  phase(phase, reason) {
    const previous = this.session.phase;
    this.session.phase = phase;
    if (reason) this.session.end_reason = reason;
    this.note('session.phase', { phase, previous, reason: reason ?? null, error: null });
  }

  read(socket, message) {
    const seat = this.sockets.get(socket)?.seat;
    if (message.type === 'ping') socket.send(JSON.stringify({ type: 'pong', id: message.id }));
    if (message.type === 'text') this.turn(seat, message.text, 'text');
    if (message.type === 'interrupt') this.cut();
    if (message.type === 'end') this.end('ended_by_host');
    if (message.type === 'ptt' && !message.on) this.hearNext(seat);
    if (message.type === 'leave') socket.close(1000, 'you left');
  }

  /** A voice in the microphone, by its level alone. */
  hear(socket, pcm) {
    const device = this.sockets.get(socket);
    if (!device || process.env.FAKE_HEAR !== '1' || this.session.phase !== 'active') return;
    const rms = Math.sqrt(pcm.reduce((sum, value) => sum + value * value, 0) / pcm.length);
    device.quiet = rms > 500 ? 0 : device.quiet + 1;
    device.loud += rms > 500 ? 1 : 0;
    if (device.loud === 3) this.tell({ type: 'speaking', seat: device.seat, on: true });
    if (device.loud >= 3 && device.loud % 4 === 0) {
      const words = HEARD[this.heard % HEARD.length].split(' ').slice(0, device.loud / 3);
      this.tell({ type: 'partial', seat: device.seat, text: words.join(' ') });
    }
    if (device.loud < 3 || device.quiet < 40) return;
    device.loud = 0;
    this.tell({ type: 'speaking', seat: device.seat, on: false });
    this.hearNext(device.seat);
  }

  hearNext(seat) {
    this.turn(seat, HEARD[this.heard++ % HEARD.length], 'voice');
  }

  turn(seat, text, source) {
    this.cut();
    this.session.message_count += 1;
    const turn = `turn_${this.log.length}`;
    const name = this.session.seats.find((one) => one.id === seat)?.name ?? 'You';
    const start = this.ms();
    const words = source === 'voice' ? text.split(' ').map((word, n) => ({ text: word, start_ms: n * 260, end_ms: n * 260 + 220 })) : [];
    this.note('turn.heard', { turn, seat, name, text, source, start_ms: start, end_ms: start + words.length * 260, words, addressed: true });
    this.tell({ type: 'state', state: 'thinking' });
    setTimeout(() => this.answer(turn, text), 700);
  }

  answer(turn, text) {
    this.tell({ type: 'hops', turn, ms: { end_of_turn: 412, first_token: 415, first_sentence: 468, first_audio: 486, first_frame: 501 } });
    if (this.session.wrap_up === 'asked' && /^\s*yes/i.test(text)) {
      this.wrapUp('confirmed', turn);
      const goodbye = ['You will send Robin three results before Thursday.', 'Thank you for today. Goodbye, and good luck.'];
      this.reply('goodbye', goodbye, turn, () => this.end('wrapped_up'));
    } else if (CLOSING.test(text)) {
      this.wrapUp('asked', turn);
      this.reply('wrap_up_ask', ['Shall we close here?'], turn);
    } else {
      if (this.session.wrap_up === 'asked') this.wrapUp('none', turn);
      this.reply('answer', REPLIES[this.said++ % REPLIES.length], turn);
    }
  }

  wrapUp(state, turn) {
    this.session.wrap_up = state;
    this.note('wrap_up.changed', { state, turn });
  }

  reply(kind, sentences, answers = null, after = () => {}) {
    const reply = `rep_${this.log.length}`;
    this.note('reply.started', { reply, kind, answers, start_ms: this.ms() });
    this.saying = { reply, sentences, index: -1, at: 0, voice: null, words: [], startMs: this.ms(), after };
    this.tell({ type: 'state', state: 'speaking', reply });
    this.clock ??= this.play();
  }

  play() {
    let due = performance.now();
    const beat = () => {
      for (; due <= performance.now(); due += 20) this.frame();
      this.clock = this.saying ? setTimeout(beat, 8) : null;
    };
    return setTimeout(beat, 0);
  }

  frame() {
    const saying = this.saying;
    if (!saying) return;
    if (!saying.voice || saying.at >= saying.voice.pcm.length) {
      if (!this.nextSentence(saying)) return;
    }
    const pcm = saying.voice.pcm.slice(saying.at, saying.at + FRAME);
    saying.at += FRAME;
    for (const [socket, device] of this.sockets) if (device.audio) socket.send(Buffer.from(pcm.buffer));
  }

  nextSentence(saying) {
    saying.index += 1;
    const text = saying.sentences[saying.index];
    if (text === undefined) {
      this.finish('finished');
      return false;
    }
    saying.voice = speak(text);
    saying.at = 0;
    const atMs = this.ms() - saying.startMs;
    this.note('reply.sentence', { reply: saying.reply, index: saying.index, text, start_ms: this.ms() });
    this.tell({ type: 'mouth', reply: saying.reply, at_ms: atMs, shapes: saying.voice.shapes, words: saying.voice.words });
    saying.words.push(...saying.voice.words.map(([start, end, word]) => ({ text: word, start_ms: start + atMs, end_ms: end + atMs })));
    return true;
  }

  cut() {
    if (!this.saying) return;
    this.tell({ type: 'flush' });
    this.finish('interrupted');
  }

  finish(status) {
    const saying = this.saying;
    this.saying = null;
    const atMs = this.ms() - saying.startMs;
    const all = saying.sentences.join(' ').split(' ');
    const heard = status === 'finished' ? saying.words : saying.words.filter((word) => word.end_ms <= atMs);
    this.note('reply.ended', {
      reply: saying.reply,
      status,
      heard: heard.map((word) => word.text).join(' '),
      unheard: all.slice(heard.length).join(' '),
      end_ms: this.ms(),
      words: heard,
      cause: status === 'finished' ? null : 'barge_in',
    });
    this.tell({ type: 'state', state: 'listening' });
    if (status === 'finished') saying.after();
  }

  end(reason) {
    if (this.session.phase !== 'active') return;
    this.saying = null;
    this.session.ended_at = now();
    this.session.elapsed_s = Math.round(this.ms() / 1000);
    this.phase('analyzing', reason);
    setTimeout(() => {
      this.phase('complete');
      this.note('report.ready', { status: 'ready' });
      for (const socket of this.sockets.keys()) socket.close(1000, 'the session is over');
    }, 400);
  }

  /** The transcript's entries, from the log. */
  entries() {
    const started = Object.fromEntries(this.log.filter((one) => one.type === 'reply.started').map((one) => [one.reply, one]));
    const own = { source: null, kind: null, interrupted: false, audio_url: null };
    return this.log.flatMap((event) => {
      if (event.type === 'turn.heard') {
        const { turn: id, seat, name, text, start_ms, end_ms, words, source } = event;
        return [{ ...own, id, seat, name, text, start_ms, end_ms, words, source }];
      }
      if (event.type !== 'reply.ended' || !event.heard) return [];
      const { kind, start_ms } = started[event.reply];
      const { reply: id, heard: text, end_ms, words, status } = event;
      const audio_url = `/api/sessions/${this.session.id}/audio/${id}`;
      return [{ ...own, id, seat: null, name: 'Ada', text, start_ms, end_ms, words, kind, interrupted: status !== 'finished', audio_url }];
    });
  }

  /** What the coach said, as one recording on the session's clock. */
  recording() {
    const entries = this.entries().filter((entry) => entry.seat === null);
    const last = entries.at(-1);
    const pcm = new Int16Array(Math.ceil((((last?.end_ms ?? 0) + 4_000) / 1000) * RATE_HZ));
    for (const entry of entries) {
      const voice = speak(entry.text).pcm;
      const at = Math.floor((entry.start_ms / 1000) * RATE_HZ);
      pcm.set(voice.subarray(0, Math.max(0, pcm.length - at)), at);
    }
    return pcm;
  }
}
