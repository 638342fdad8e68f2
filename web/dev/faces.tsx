// Every look with every mouth shape, side by side: for whoever draws. `npm run dev`, then /dev/faces.html.
import { createRoot } from 'react-dom/client';
import '../src/ui/styles/tokens.css';
import { mouthPose } from '../src/live/face';
import { VISEMES, type Viseme } from '../src/live/mouth';
import { Face } from '../src/ui/face/Face';
import type { FacePose } from '../src/ui/face/pose';

function still(shape: Viseme, lids = 0): () => FacePose {
  const mouth = mouthPose({ from: shape, to: shape, part: 1 }, 0.08);
  return () => ({ mouth, lids, gaze: { x: 0, y: 0 }, breath: 0, brows: 0.15, tilt: 0 });
}

const cell = { width: 230, display: 'inline-block', background: '#efd8c4', margin: 4, font: '14px sans-serif' };

createRoot(document.getElementById('root') as HTMLElement).render(
  <>
    {['warm', 'calm'].map((look) => (
      <div key={look}>
        {VISEMES.map((shape) => (
          <figure key={shape} style={cell}>
            {shape}
            <Face look={look} label={`${look} ${shape}`} pose={still(shape)} />
          </figure>
        ))}
        <figure style={cell}>
          lids closed
          <Face look={look} label={`${look} blinking`} pose={still('sil', 1)} />
        </figure>
      </div>
    ))}
  </>,
);
