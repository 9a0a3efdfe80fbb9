// A QR code as an SVG element, dark on light, with its silence around.

import encode from 'qrcode-generator';

const SPACE = 'http://www.w3.org/2000/svg';
const QUIET = 4;

function make(name, attributes) {
  const element = document.createElementNS(SPACE, name);
  for (const key of Object.keys(attributes)) {
    element.setAttribute(key, attributes[key]);
  }
  return element;
}

/** text: Latin-1; label: what it is, for those who do not see it. */
export function qr(text, label) {
  const code = encode(0, 'M');
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  let runs = '';
  for (let y = 0; y < count; y++) {
    for (let x = 0; x < count; x++) {
      if (code.isDark(y, x)) runs += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
    }
  }
  const side = count + 2 * QUIET;
  const svg = make('svg', { class: 'qr', viewBox: `0 0 ${side} ${side}`,
    role: 'img', 'aria-label': label, 'shape-rendering': 'crispEdges' });
  svg.appendChild(make('rect', { width: side, height: side, fill: '#fff' }));
  svg.appendChild(make('path', { d: runs, fill: '#000' }));
  return svg;
}
