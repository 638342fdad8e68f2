import type { ClientMessage, ServerMessage } from '../api/live';

export type Transport = 'ws' | 'rtc';

/** A way to carry the live protocol. A wire opens once and closes once; a new try needs a new wire. */
export interface Wire {
  readonly transport: Transport;
  /** Dropped in silence while the wire is not open. */
  send(message: ClientMessage): void;
  /** The server said welcome: from here on the microphone is sent. Sound before `hello` would end the connection. */
  welcomed(): void;
  /** `onClose` is not called for it. */
  close(): void;
}

export interface WireListener {
  onOpen(): void;
  onMessage(message: ServerMessage): void;
  /** Called once, also when the wire could not be opened. */
  onClose(code: number, reason: string): void;
}

export const LOST = 1006; // RFC 6455, 7.1.5: closed without a close frame

/** What one text frame says; null if it is no message. Unknown types come through, and are passed over by who reads. */
export function parse(text: string): ServerMessage | null {
  try {
    const message: unknown = JSON.parse(text);
    const isMessage = typeof message === 'object' && message !== null && 'type' in message;
    return isMessage ? (message as ServerMessage) : null;
  } catch {
    return null;
  }
}
