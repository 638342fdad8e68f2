import { useEffect, useId, useRef } from 'react';
import { Beard, BackHair, FrontHair } from './Hair';
import { Eye, Mouth } from './Features';
import { draw } from './draw';
import { lookOf } from './looks';
import type { FacePose } from './pose';

interface FaceProps {
  look: string;
  /** What the drawing is of. */
  label: string;
  /** Asked for with every picture, with the monotonic clock in ms. */
  pose: (nowMs: number) => FacePose;
  className?: string | undefined;
}

/** A drawn face. React makes it once; from then on only its lines are moved. */
export function Face({ look: name, label, pose, className }: FaceProps) {
  const root = useRef<SVGSVGElement>(null);
  const id = useId();
  const look = lookOf(name);
  useEffect(() => {
    const svg = root.current;
    if (svg === null) return;
    let request = 0;
    const picture = (nowMs: number): void => {
      draw(svg, pose(nowMs));
      request = requestAnimationFrame(picture);
    };
    request = requestAnimationFrame(picture);
    return () => cancelAnimationFrame(request);
  }, [pose]);
  return (
    <svg ref={root} viewBox="30 16 340 424" role="img" aria-label={label} className={className} preserveAspectRatio="xMidYMax meet">
      <defs>
        <radialGradient id={`${id}skin`} cx="0.44" cy="0.36" r="0.75">
          <stop offset="0.35" stopColor={look.skin} />
          <stop offset="1" stopColor={look.shade} />
        </radialGradient>
        <filter id={`${id}soft`} x="-50%" y="-50%" width="200%" height="200%">
          <feGaussianBlur stdDeviation="9" />
        </filter>
      </defs>
      <g data-part="body">
        <path fill={look.garment} d="M48 446 C50 386 108 360 168 346 L232 346 C292 360 350 386 352 446Z" />
        <path fill={look.garmentShade} d="M150 350 L200 420 L250 350 L266 355 L214 446 L186 446 L134 355Z" />
        <path fill={look.collar} d="M160 346 L200 408 L240 346 L226 338 L174 338Z" />
        <path fill={look.shade} d="M170 270 H230 V334 C230 352 216 368 200 372 C184 368 170 352 170 334Z" />
      </g>
      <g data-part="head">
        <BackHair look={look} />
        <ellipse cx="121" cy="212" rx="13" ry="21" fill={look.shade} />
        <ellipse cx="279" cy="212" rx="13" ry="21" fill={look.shade} />
        <path fill={`url(#${id}skin)`} d="M200 96 C254 96 284 140 282 200 C280 262 246 310 200 310 C154 310 120 262 118 200 C116 140 146 96 200 96Z" />
        <g fill={look.blush} filter={`url(#${id}soft)`} opacity="0.42">
          <ellipse cx="152" cy="244" rx="20" ry="13" />
          <ellipse cx="248" cy="244" rx="20" ry="13" />
        </g>
        {look.beard && <Beard look={look} />}
        <Eye look={look} x={164} clip={`${id}left`} mirrored />
        <Eye look={look} x={236} clip={`${id}right`} />
        <path fill="none" stroke={look.shade} strokeWidth="4" strokeLinecap="round" strokeLinejoin="round" d="M203 208 C206 224 211 233 209 240 C206 246 196 247 190 243" />
        <Mouth look={look} clip={`${id}mouth`} />
        <FrontHair look={look} />
        {look.glasses && (
          <g fill="none" stroke="#2e3338" strokeWidth="3.5">
            <rect x="135" y="180" width="56" height="46" rx="20" fill="#fff" fillOpacity="0.1" />
            <rect x="209" y="180" width="56" height="46" rx="20" fill="#fff" fillOpacity="0.1" />
            <path d="M191 198 Q200 192 209 198 M135 196 L122 194 M265 196 L278 194" />
          </g>
        )}
      </g>
    </svg>
  );
}
