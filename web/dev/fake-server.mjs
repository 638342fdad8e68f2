// A stand-in for the server, for work on screens: sessions in memory, one scripted coach, the built pages if there are any.
// PORT (8080) chooses where it listens; see fake/room.mjs for what it can and cannot do.
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { FakeRoom } from './fake/room.mjs';
import { wavFile } from './fake/voice.mjs';

const PAGES = fileURLToPath(new URL('../../src/vivavoce/pages/', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
const PERSONA = { id: 'ada', name: 'Ada', title: 'AI coach', look: 'warm' };
const ME = { account: { id: 'local', name: 'You' }, standing: 'admin', csrf_token: null };
const FORMAT = {
  name: 'coaching', title: 'Coaching', description: 'A conversation with an AI coach.', modalities: ['text', 'voice'], persona: 'ada',
  max_participants: 1, time_limit_s: 3600, wrap_up: true, needs_setup: false, needs: [], price: null, one_open: false, listens: true,
  discreet: false, remembers: true, address: 'everyone', choices: [], length: null, listed: false, coached: false, focus: false,
  notes: false, ended_by: 'member', defaults: { camera: false, microphone: true },
};
const rooms = new Map();
const id = (kind) => `${kind}_${randomBytes(8).toString('hex')}`;
const now = () => new Date().toISOString();

function open({ format = 'coaching', persona = 'ada', title = '' }) {
  const session = {
    id: id('ses'), format, phase: 'ready', end_reason: null, persona, title: title || 'Coaching with Ada', created_at: now(),
    scheduled_for: null, started_at: null, ended_at: null, elapsed_s: 0, message_count: 0, seats: [], wrap_up: 'none',
    address: 'everyone', project: null, max_participants: 1, time_limit_s: 3600, error: null, last_seq: 0, listed: false, led_by: null, variables: {}, plan: {},
  };
  rooms.set(session.id, new FakeRoom(session));
  return session;
}

function join_(room, { name, record = false }) {
  const seat = room.session.seats[0] ?? { id: id('sea'), role: 'host', present: true, joined_at: now(), left_at: null };
  Object.assign(seat, { name: name || 'You', record });
  if (room.session.seats.length === 0) room.session.seats.push(seat);
  room.note('seat.joined', { seat: seat.id, name: seat.name, role: seat.role, record });
  return { seat, session: seen(room) };
}

function seen(room) {
  const { session } = room;
  return session.phase === 'active' ? { ...session, elapsed_s: Math.floor(room.ms() / 1000) } : session;
}

function report(room) {
  const entries = room.entries();
  const words = (own) => entries.filter((one) => (one.seat === null) !== own).reduce((sum, one) => sum + one.text.split(' ').length, 0);
  const speaker = (seat, name, own) => ({
    seat, name, turns: entries.filter((one) => (one.seat === null) !== own).length, words: words(own), questions: own ? 0 : 3, fillers: own ? 2 : 0,
    spoken_ms: words(own) * 380, talk_share: words(own) / Math.max(1, words(true) + words(false)), words_per_minute: 148,
    longest_monologue_ms: 9_200, response_gap_ms: own ? 1_300 : 620,
  });
  return {
    session: room.session.id, status: 'ready', at: now(), title: room.session.title, format: 'coaching', end_reason: room.session.end_reason,
    duration_s: room.session.elapsed_s, message_count: room.session.message_count,
    summary: entries.findLast((one) => one.kind === 'goodbye')?.text ?? null,
    measures: [speaker(room.session.seats[0]?.id ?? null, room.session.seats[0]?.name ?? 'You', true), speaker(null, 'Ada', false)],
  };
}

const STATUS = {
  version: '0.1.0', mode: 'local', webrtc: false,
  language_model: { name: 'guide', offline: true, note: 'No language model is configured. A rule-built guide leads the conversation; it has no knowledge of its own.' },
  speech_to_text: { name: 'pocketsphinx', offline: true, note: 'The built-in recogniser often mishears free speech. Typing always works.' },
  text_to_speech: { name: 'espeak', offline: true, note: 'The built-in voice is clear but sounds synthetic.' },
};

function answer(method, path, query, body) {
  const [, , area, session, what, more] = path.split('/');
  if (area === 'status') return [200, STATUS];
  if (area === 'personas') return [200, { items: [{ ...PERSONA, language: 'en', suits: [], wake_phrase: 'hey agent' }], next_cursor: null }];
  if (area === 'formats') return [200, { items: [FORMAT], next_cursor: null }];
  if (area === 'me') return [200, ME];
  if (area !== 'sessions') return problem(404, 'not_found', 'There is nothing at this path.');
  if (!session) return method === 'POST' ? [201, open(body)] : [200, { items: [...rooms.values()].map(seen).reverse(), next_cursor: null }];
  const room = rooms.get(session);
  if (!room) return problem(404, 'session_not_found', 'There is no such session, or it is not yours.');
  return ofSession(room, method, what, more, query, body);
}

function ofSession(room, method, what, more, query, body) {
  switch (what) {
    case undefined: return [200, seen(room)];
    case 'join': return [200, join_(room, body)];
    case 'end': room.end('ended_by_host'); return [200, seen(room)];
    case 'transcript': {
      const entries = room.entries();
      if (query.get('as') === 'text') return [200, entries.map((one) => `${one.name}: ${one.text}`).join('\n\n'), 'text/plain'];
      if (query.get('as') === 'vtt') return [200, 'WEBVTT\n', 'text/vtt'];
      return [200, { session: room.session.id, title: room.session.title, last_seq: room.log.length, entries }];
    }
    case 'events': return [200, { items: Number(query.get('after')) === 0 ? room.log : [], next_after: room.log.length }];
    case 'report': return room.session.phase === 'complete' ? [200, report(room)] : problem(404, 'report_not_ready', 'There is no report yet.');
    case 'recordings': {
      if (more) return [200, wavFile(room.recording()), 'audio/wav'];
      const recorded = room.session.seats.some((seat) => seat.record);
      const one = { seat: null, name: 'assistant-0.wav', start_ms: 0, audio_url: `/api/sessions/${room.session.id}/recordings/assistant-0.wav` };
      return [200, { items: recorded ? [one] : [] }];
    }
    case 'webrtc': return problem(503, 'unavailable', 'This server has no WebRTC: connect by WebSocket.');
    default: return problem(405, 'method_not_allowed', `${method} is not offered here.`);
  }
}

function problem(status, code, detail) {
  return [status, { type: `/api/docs#${code}`, title: code, status, detail, code, instance: '' }, 'application/problem+json'];
}

async function page(path) {
  const file = normalize(path) === '/' || !extname(path) ? 'index.html' : normalize(path);
  return [200, await readFile(join(PAGES, file)), TYPES[extname(file)] ?? 'application/octet-stream'];
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, 'http://fake');
  const chunks = await request.toArray();
  const body = chunks.length ? JSON.parse(Buffer.concat(chunks)) : {};
  const [status, content, type = 'application/json'] = url.pathname.startsWith('/api/')
    ? answer(request.method, url.pathname, url.searchParams, body)
    : await page(url.pathname).catch(() => problem(404, 'not_found', 'Run `npm run build` first.'));
  const raw = typeof content === 'string' || Buffer.isBuffer(content);
  sendRange(request, response, status, raw ? content : JSON.stringify(content), type);
});

function sendRange(request, response, status, content, type) {
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const bytes = Buffer.from(content);
  if (!range) return response.writeHead(status, { 'content-type': type, 'accept-ranges': 'bytes' }).end(bytes);
  const [from, to] = [Number(range[1]), range[2] ? Number(range[2]) : bytes.length - 1];
  response.writeHead(206, { 'content-type': type, 'content-range': `bytes ${from}-${to}/${bytes.length}` }).end(bytes.subarray(from, to + 1));
}

const sockets = new WebSocketServer({ server });
sockets.on('connection', (socket, request) => {
  const room = rooms.get(request.url.split('/')[3]);
  if (!room) return socket.close(4404, 'no such session');
  socket.on('message', (data, binary) => {
    if (binary) return room.hear(socket, new Int16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length)));
    const message = JSON.parse(data);
    if (message.type !== 'hello') return room.read(socket, message);
    if (room.session.phase !== 'ready' && room.session.phase !== 'active') return socket.close(4409, 'the session is over');
    const seat = message.seat ?? join_(room, {}).seat.id;
    const audio = message.audio ? { down_hz: 24_000, frame_ms: 20 } : null;
    room.attach(socket, message, { type: 'welcome', protocol: 1, seat, session: seen(room), persona: PERSONA, audio, heartbeat_s: 2, input: message.input ?? 'open' });
  });
  socket.on('close', () => room.sockets.delete(socket));
});

server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
