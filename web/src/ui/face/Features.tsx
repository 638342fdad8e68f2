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
        <rect x="-20" y="-16" width="40" height="32" fill="#fbf7f2" />
        <g data-part={mirrored ? 'iris-mirrored' : 'iris'}>
          <circle r="9.2" fill={look.iris} />
          <circle r="4.6" fill="#150d09" />
          <circle cx={mirrored ? -3 : 3} cy="-3.4" r="2.3" fill="#fff" />
        </g>
        <path d="M-20 -16 H20 V-6 C8 -11 -8 -11 -20 -5Z" fill="#2a1710" opacity="0.16" />
      </g>
      <path data-part="crease" fill="none" stroke={look.shade} strokeWidth="2.5" strokeLinecap="round" d="" />
      <path data-part="lash" fill="none" stroke="#241510" strokeWidth="4" strokeLinecap="round" d="" />
      <path data-part="brow" fill="none" stroke={look.hair} strokeWidth="7" strokeLinecap="round" d="M-19 -22 C-8 -30, 9 -30, 20 -22" />
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
