// Elements without markup: text is always text.

/** make('p', {class: 'small'}, 'text', element, …) */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const name of Object.keys(attributes || {})) {
    element.setAttribute(name, attributes[name]);
  }
  add(element, children);
  return element;
}

export function add(element, children) {
  for (const child of children) {
    if (child === null || child === undefined) continue;
    element.appendChild(typeof child === 'object' ? child
      : document.createTextNode(String(child)));
  }
  return element;
}

export function clear(element, ...children) {
  while (element.firstChild) element.removeChild(element.firstChild);
  return add(element, children);
}

export function button(text, action, kind) {
  const element = make('button',
    { type: 'button', class: kind || '' }, text);
  element.addEventListener('click', action);
  return element;
}

const SHAPES = {
  good: '✓', bad: '✗', wait: '!',
};

/** The verdict: an icon, words, and a colour; never the colour alone. */
export function verdict(kind, say, more) {
  return make('div', { class: `verdict card ${kind}` },
    make('span', { class: 'sign', 'aria-hidden': 'true' }, SHAPES[kind]),
    make('div', {}, make('p', { class: 'say' }, say),
      more ? make('p', {}, more) : null));
}

export function fold(title, ...children) {
  return make('details', {}, make('summary', {}, title),
    make('div', {}, ...children));
}

export function list(sentences, kind) {
  return make('ul', { class: kind || '' },
    ...sentences.map((one) => make('li', {}, one)));
}

/** Hexadecimal digits in groups of four. */
export function groups(hex) {
  return hex.replace(/(.{4})(?=.)/g, '$1 ');
}

/** Whom to call: the page says it where it is known. */
export function whom() {
  const element = document.querySelector('[data-telephone]');
  const number = element === null ? ''
    : element.getAttribute('data-telephone');
  return number === '' ? '请拨打 12345 政务服务便民热线，或通知书上所印的机关'
    : `请立即拨打 ${number}`;
}
