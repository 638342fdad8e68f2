import type { Look } from './looks';

interface EyeProps {
  look: Look;
  x: number;
  clip: string;
  mirrored?: boolean;
}

/** An eye with its brow. What moves has a name in `data-part`, by which draw.ts finds it. */
export function Eye({ look, x, clip, mirrored = false }: EyeProps) {
  return (
    <g transform={`translate(${x} 202) scale(${mirrored ? -1 : 1} 1)`}>
      <clipPath id={clip}>
        <path data-part="opening" d="M-18 2 C-10 -12, 10 -12, 18 2 C10 9, -10 9, -18 2Z" />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        <rect x="-22" y="-18" width="44" height="34" fill="#fbf7f2" />
        <g data-part={mirrored ? 'iris-mirrored' : 'iris'}>
          <circle r="9" fill={look.iris} />
          <circle r="4.6" fill="#150d09" />
          <circle cx={mirrored ? -3 : 3} cy="-3.4" r="2.3" fill="#fff" />
        </g>
        <path d="M-22 -18 H22 V-5 C8 -11 -8 -11 -22 -4Z" fill="#2a1710" opacity="0.16" />
      </g>
      <path data-part="crease" fill="none" stroke={look.shade} strokeWidth="2.5" strokeLinecap="round" d="" />
      <path data-part="lash" fill="none" stroke="#241510" strokeWidth="3.6" strokeLinecap="round" d="" />
      <path data-part="brow" fill="none" stroke={look.hair} strokeWidth="6" strokeLinecap="round" d="M-18 -24 C-8 -31, 9 -32, 22 -24" />
    </g>
  );
}

export function Mouth({ look, clip }: { look: Look; clip: string }) {
  return (
    <g transform="translate(200 268)">
      <clipPath id={clip}>
        <path data-part="inside-clip" d="" />
      </clipPath>
      <path data-part="lips" fill={look.lips} d="" />
      <path data-part="inside" fill="#41131a" d="" />
      <g clipPath={`url(#${clip})`}>
        <path data-part="tongue" fill="#b8555a" d="" />
        <path data-part="teeth" fill="#fbf6ee" d="" />
      </g>
      <path data-part="seam" fill="none" stroke="#5d2122" strokeWidth="2.6" strokeLinecap="round" d="" />
    </g>
  );
}
