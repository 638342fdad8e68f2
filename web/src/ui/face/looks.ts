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

const FRESH: Look = {
  skin: '#f0c8a8',
  shade: '#d9a583',
  blush: '#e38a6c',
  lips: '#b9665a',
  hair: '#a4532a',
  hairLight: '#c4723f',
  iris: '#4f7247',
  garment: '#d9a13b',
  garmentShade: '#bd8628',
  collar: '#fdf6e7',
  style: 'short',
  glasses: false,
  beard: false,
};

const NEUTRAL: Look = {
  skin: '#8d5a3f',
  shade: '#70432d',
  blush: '#9c4f3a',
  lips: '#7a3b38',
  hair: '#1b1a1d',
  hairLight: '#35333a',
  iris: '#2f1d14',
  garment: '#3f4554',
  garmentShade: '#31363f',
  collar: '#f4f5f7',
  style: 'short',
  glasses: true,
  beard: false,
};

const LOOKS: Readonly<Record<string, Look>> = { warm: WARM, calm: CALM, fresh: FRESH, neutral: NEUTRAL };

/** The look of that name; one that is not known here is drawn as the first. */
export function lookOf(name: string): Look {
  return LOOKS[name] ?? WARM;
}
