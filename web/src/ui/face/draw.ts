import { eyeLines, mouthLines, type FacePose } from './pose';

/** Move the lines of a face (Face.tsx) to a pose. */
export function draw(svg: SVGSVGElement, pose: FacePose): void {
  const set = (part: string, name: string, value: string): void => {
    for (const element of svg.querySelectorAll(`[data-part="${part}"]`)) element.setAttribute(name, value);
  };
  const mouth = mouthLines(pose);
  set('lips', 'd', mouth.lips);
  set('inside', 'd', mouth.inside);
  set('inside-clip', 'd', mouth.inside);
  set('inside', 'opacity', String(1 - mouth.seamOpacity));
  set('teeth', 'd', mouth.upperTeeth);
  set('teeth', 'opacity', pose.mouth.teeth > 0.05 && mouth.seamOpacity < 0.9 ? '1' : '0');
  set('tongue', 'd', mouth.tongue);
  set('seam', 'd', mouth.seam);
  set('seam', 'opacity', String(mouth.seamOpacity));

  const eye = eyeLines(pose);
  set('opening', 'd', eye.opening);
  set('lash', 'd', eye.lash);
  set('crease', 'd', eye.crease);
  set('iris', 'transform', `translate(${eye.irisX} ${eye.irisY})`);
  set('iris-mirrored', 'transform', `translate(${-eye.irisX} ${eye.irisY})`);
  const raised = -4.5 * pose.brows;
  set('brow', 'transform', `translate(0 ${raised}) rotate(${1.5 * pose.brows})`);

  const nod = 1.6 * pose.mouth.open;
  set('head', 'transform', `translate(0 ${1.4 * pose.breath + nod}) rotate(${pose.tilt} 200 330)`);
  set('body', 'transform', `translate(0 ${-1.2 * pose.breath})`);
}
