// Where each line of a face runs for a pose. Pure: numbers in, SVG path data out. Units are those of the drawing, 400
// by 440; mouths and eyes are drawn around their own middle.

export interface FacePose {
  mouth: { open: number; wide: number; round: number; teeth: number; tongue: number; press: number };
  /** 0 open, 1 closed. */
  lids: number;
  /** Each -1..1. */
  gaze: { x: number; y: number };
  breath: number;
  /** -1 frowning, 1 raised. */
  brows: number;
  /** Of the head, in degrees. */
  tilt: number;
}

export interface MouthLines {
  lips: string;
  inside: string;
  upperTeeth: string;
  tongue: string;
  /** Where the lips meet; seen while the mouth is nearly closed. */
  seam: string;
  seamOpacity: number;
}

export function mouthLines({ mouth }: FacePose): MouthLines {
  const { open, wide, round, press } = mouth;
  const half = 31 + 8 * wide - 11 * round; // half the width of the whole mouth
  const gap = 33 * open; // between the lips, in the middle
  const corner = -2.5 - 1.5 * Math.max(0, wide) + 4 * open; // corners lie a little high: a friendly rest
  const upper = 8.5 + 3.5 * round - 4.5 * press;
  const lower = 10.5 + 3.5 * round - 4.5 * press;
  const top = -1 - 0.34 * gap;
  const bottom = -1 + 0.66 * gap;
  const inner = half - 4 - 2 * round;
  const lips =
    `M${-half} ${corner} C${-half * 0.6} ${top - upper * 0.85}, ${-half * 0.28} ${top - upper * 1.15}, 0 ${top - upper * 0.72}` +
    ` C${half * 0.28} ${top - upper * 1.15}, ${half * 0.6} ${top - upper * 0.85}, ${half} ${corner}` +
    ` C${half * 0.66} ${bottom + lower * 1.25}, ${-half * 0.66} ${bottom + lower * 1.25}, ${-half} ${corner}Z`;
  const inside =
    `M${-inner} ${corner} C${-inner * 0.55} ${top + 0.6}, ${inner * 0.55} ${top + 0.6}, ${inner} ${corner}` +
    ` C${inner * 0.62} ${bottom + 4 + gap * 0.1}, ${-inner * 0.62} ${bottom + 4 + gap * 0.1}, ${-inner} ${corner}Z`;
  const toothHeight = Math.min(9, gap * 0.55 + 1.5) * mouth.teeth;
  const upperTeeth = `M${-inner} ${top - 4} H${inner} V${top + toothHeight} Q0 ${top + toothHeight + 3} ${-inner} ${top + toothHeight}Z`;
  const tongueTop = bottom + 5 - (5 + 9 * mouth.tongue) * Math.min(1, gap / 12);
  const tongue = `M${-inner * 0.7} ${bottom + 8} Q${-inner * 0.5} ${tongueTop}, 0 ${tongueTop} Q${inner * 0.5} ${tongueTop}, ${inner * 0.7} ${bottom + 8}Z`;
  const seam = `M${-half + 2} ${corner} Q${-half * 0.5} ${top + 3.5}, 0 ${top + 1.2} Q${half * 0.5} ${top + 3.5}, ${half - 2} ${corner}`;
  return { lips, inside, upperTeeth, tongue, seam, seamOpacity: Math.max(0, 1 - gap / 5) };
}

export interface EyeLines {
  /** What can be seen of the eyeball. */
  opening: string;
  lash: string;
  crease: string;
  irisX: number;
  irisY: number;
}

export function eyeLines({ lids, gaze, mouth }: FacePose): EyeLines {
  const smile = Math.max(0, mouth.wide) * 1.4; // the lower lid comes up a little
  const up = 12.5 * (1 - lids) - 6 * lids;
  const down = 8.5 - smile - 1.5 * lids;
  const edge = `M-18 2.5 C-11 ${-up}, 9 ${-up - 1}, 18 1`;
  return {
    opening: `${edge} C10 ${down}, -10 ${down + 0.5}, -18 2.5Z`,
    lash: `M-18.500 3 C-11 ${-up}, 9 ${-up - 1}, 19.500 0`,
    crease: `M-15 ${-6 + lids * 3} C-8 ${-up - 5}, 7 ${-up - 6}, 16 ${-6 + lids * 3}`,
    irisX: 5.2 * gaze.x,
    irisY: -1.5 + 3.6 * gaze.y + 2 * lids,
  };
}
