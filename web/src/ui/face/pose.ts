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
  const half = 30 + 8 * wide - 8 * round; // half the width of the whole mouth
  const gap = 31 * open; // between the lips, in the middle
  const smile = 6.5 + 3 * wide - 5 * round - 5 * open; // how much higher the corners lie than the middle
  const upper = 6 + 3.5 * round - 3 * press;
  const lower = 8 + 3.5 * round - 3 * press;
  const top = -0.34 * gap;
  const bottom = 0.66 * gap;
  const corner = (top + bottom) / 2 - smile;
  const inner = half - 3.5 - 2 * round;
  const lips =
    `M${-half} ${corner} C${-half * 0.62} ${top - upper * 0.55 - smile * 0.35}, ${-half * 0.26} ${top - upper * 1.25}, 0 ${top - upper * 0.8}` +
    ` C${half * 0.26} ${top - upper * 1.25}, ${half * 0.62} ${top - upper * 0.55 - smile * 0.35}, ${half} ${corner}` +
    ` C${half * 0.68} ${bottom + lower * 1.2}, ${-half * 0.68} ${bottom + lower * 1.2}, ${-half} ${corner}Z`;
  const inside =
    `M${-inner} ${corner + 0.5} C${-inner * 0.55} ${top + 0.4}, ${inner * 0.55} ${top + 0.4}, ${inner} ${corner + 0.5}` +
    ` C${inner * 0.64} ${bottom + 2 + gap * 0.16}, ${-inner * 0.64} ${bottom + 2 + gap * 0.16}, ${-inner} ${corner + 0.5}Z`;
  const tooth = top + (Math.min(9, gap * 0.5) + 2) * mouth.teeth;
  const upperTeeth = `M${-inner} ${corner - 6} H${inner} V${corner + 2} Q0 ${tooth * 2 - corner} ${-inner} ${corner + 2}Z`;
  const tongueTop = bottom + 5 - (4 + 8 * mouth.tongue) * Math.min(1, gap / 12);
  const tongue = `M${-inner * 0.7} ${bottom + 8} Q${-inner * 0.5} ${tongueTop}, 0 ${tongueTop} Q${inner * 0.5} ${tongueTop}, ${inner * 0.7} ${bottom + 8}Z`;
  const seam = `M${-half + 1} ${corner} Q${-half * 0.45} ${top + 1.6}, 0 ${top + 0.8} Q${half * 0.45} ${top + 1.6}, ${half - 1} ${corner}`;
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
  const smile = 1 + Math.max(0, mouth.wide) * 1.6; // the lower lid comes up a little
  const up = 15.5 * (1 - lids) - 7 * lids;
  const down = 10 - smile - 2 * lids;
  const edge = `M-17 3 C-11 ${-up}, 8 ${-up}, 18 -0.5`; // from the nose outwards
  return {
    opening: `${edge} C12 ${down}, -9 ${down + 1}, -17 3Z`,
    lash: `M-16.5 2.500 C-11 ${-up}, 8 ${-up}, 20.5 ${-2.5 + 3 * lids}`,
    crease: `M-13 ${-8 + lids * 4} C-6 ${-up - 5}, 8 ${-up - 5}, 17 ${-8 + lids * 4}`,
    irisX: 5.2 * gaze.x,
    irisY: -1 + 3.2 * gaze.y + 2 * lids,
  };
}
