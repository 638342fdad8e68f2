/** How a persona is drawn. A new look is a new entry here. */
export interface Look {
  skin: string;
  shade: string;
  blush: string;
  lips: string;
  hair: string;
  hairLight: string;
  iris: string;
  garment: string;
  garmentShade: string;
  collar: string;
  style: 'curls' | 'short';
  glasses: boolean;
  beard: boolean;
}

const WARM: Look = {
  skin: '#c98f6b',
  shade: '#ad7250',
  blush: '#c4694d',
  lips: '#9c4a41',
  hair: '#33211c',
  hairLight: '#4d332a',
  iris: '#4a2f20',
  garment: '#1d6457',
  garmentShade: '#164e44',
  collar: '#f2e6d6',
  style: 'curls',
  glasses: false,
  beard: false,
};

const CALM: Look = {
  skin: '#e9c2a3',
  shade: '#d0a07e',
  blush: '#d98a70',
  lips: '#b3695d',
  hair: '#73777c',
  hairLight: '#8d9298',
  iris: '#4d6a7c',
  garment: '#2c4763',
  garmentShade: '#22384f',
  collar: '#dfe7ee',
  style: 'short',
  glasses: true,
  beard: true,
};

const LOOKS: Readonly<Record<string, Look>> = { warm: WARM, calm: CALM };

/** The look of that name; one that is not known here is drawn as the first. */
export function lookOf(name: string): Look {
  return LOOKS[name] ?? WARM;
}
