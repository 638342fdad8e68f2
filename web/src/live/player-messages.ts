/** Voice to play, or the order to drop what is not played. */
export type PlayerCommand = Int16Array | 'flush';

/** Where the player stood at `atS` of its context's clock. */
export interface PlayerReport {
  playedMs: number;
  playing: boolean;
  rms: number;
  atS: number;
}
