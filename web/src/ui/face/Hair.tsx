import type { Look } from './looks';

const CURLS = [
  [118, 120, 34], [150, 88, 38], [200, 74, 42], [250, 86, 38], [284, 120, 34], [102, 162, 32], [298, 162, 32],
  [94, 206, 31], [306, 206, 31], [100, 250, 30], [300, 250, 30], [118, 290, 29], [282, 290, 29],
] as const;

/** What lies behind the head. */
export function BackHair({ look }: { look: Look }) {
  if (look.style === 'short') return <path fill={look.hair} d="M116 200 C104 118 140 72 202 70 C266 70 298 120 284 200 Z" />;
  return (
    <g fill={look.hair}>
      <path d="M200 66 C288 66 314 136 306 216 C304 276 292 316 262 318 C236 318 224 296 200 296 C176 296 164 318 138 318 C108 316 96 276 94 216 C86 136 112 66 200 66Z" />
      {CURLS.map(([cx, cy, r]) => (
        <circle key={`${cx} ${cy}`} cx={cx} cy={cy} r={r} />
      ))}
    </g>
  );
}

/** What falls over the forehead. */
export function FrontHair({ look }: { look: Look }) {
  if (look.style === 'short') {
    return (
      <g>
        <path fill={look.hair} d="M116 192 C110 128 138 82 196 76 C248 70 292 104 285 192 C281 172 277 158 268 146 C252 138 240 128 232 116 C212 134 170 146 136 148 C124 158 119 172 116 192Z" />
        <path fill="none" stroke={look.hairLight} strokeWidth="4" strokeLinecap="round" d="M146 130 C172 122 202 110 218 94 M236 108 C244 122 256 130 268 136" />
      </g>
    );
  }
  return (
    <g>
      <path fill={look.hair} d="M116 196 C106 128 146 84 206 84 C262 84 296 128 284 196 C282 172 272 152 256 140 C244 146 226 146 214 136 C200 150 176 154 158 146 C138 154 122 172 116 196Z" />
      <path fill="none" stroke={look.hairLight} strokeWidth="4.5" strokeLinecap="round" d="M140 132 C150 116 168 106 186 104 M222 104 C242 108 256 116 264 130 M104 176 C100 190 100 204 104 216 M298 176 C302 190 301 206 296 218" />
    </g>
  );
}

export function Beard({ look }: { look: Look }) {
  return (
    <path
      fill={look.hair}
      opacity="0.5"
      d="M121 210 C124 262 150 306 200 306 C250 306 276 262 279 210 C274 236 262 246 246 244 C228 240 214 240 200 243 C186 240 172 240 154 244 C138 246 126 236 121 210Z"
    />
  );
}
