// Two pictures in one place: zoom, pan, and a line between them that stays in view.
import * as gestures from './gestures.js';

const $ = id => document.getElementById(id);
const SMALLEST = 0.02;
const LARGEST = 32;

let scale = 1; // screen pixels of the page for each of the picture's
let x = 0;
let y = 0;
let fitted = true;
let seen = '';
let divide = 0.5; // of the stage's width

export function start() {
  gestures.start({ fit, zoomTo, zoomBy, zoomAt, pan, divideAt, divideBy: step => divideAt(divide + step), toggle: () => (fitted ? zoomTo(1) : fit()) });
  $('after').addEventListener('load', loaded);
  for (const button of document.querySelectorAll('[data-zoom]')) {
    button.addEventListener('click', () => (button.dataset.zoom === 'fit' ? fit() : zoomTo(Number(button.dataset.zoom))));
  }
  new ResizeObserver(() => (fitted ? fit() : place())).observe($('stage'));
}

/** Another picture of the same size is seen at the same place. */
function loaded() {
  const size = `${$('after').naturalWidth} ${$('after').naturalHeight}`;
  if (fitted || size !== seen) {
    fit();
  } else {
    place();
  }
  seen = size;
}

/** @param right shown alone if there is no left */
export function show(left, right) {
  $('after').src = right;
  $('before').hidden = $('divide').hidden = !left;
  if (left) {
    $('before').src = left;
  }
  place();
}

export function fit() {
  const { clientWidth, clientHeight } = $('stage');
  const { naturalWidth, naturalHeight } = $('after');
  if (!naturalWidth || !clientWidth) {
    return;
  }
  fitted = true;
  scale = Math.min(clientWidth / naturalWidth, clientHeight / naturalHeight, 4 / devicePixelRatio);
  x = (clientWidth - naturalWidth * scale) / 2;
  y = (clientHeight - naturalHeight * scale) / 2;
  place();
}

/** @param zoom 1 shows a pixel of the picture as one of the screen's */
function zoomTo(zoom) {
  const box = $('stage').getBoundingClientRect();
  zoomAt(box.left + box.width / 2, box.top + box.height / 2, zoom / devicePixelRatio / scale);
}

function zoomBy(factor) {
  zoomTo(scale * devicePixelRatio * factor);
}

/** The point of the picture that is there stays there. */
function zoomAt(clientX, clientY, factor) {
  const box = $('stage').getBoundingClientRect();
  const next = Math.min(LARGEST, Math.max(SMALLEST, scale * factor));
  x = clientX - box.left - (clientX - box.left - x) * next / scale;
  y = clientY - box.top - (clientY - box.top - y) * next / scale;
  scale = next;
  fitted = false;
  place();
}

function pan(right, down) {
  x += right;
  y += down;
  fitted = false;
  place();
}

function place() {
  const { clientWidth } = $('stage');
  const { naturalWidth, naturalHeight } = $('after');
  const frame = $('frame');
  frame.style.width = `${naturalWidth}px`;
  frame.style.height = `${naturalHeight}px`;
  frame.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  frame.classList.toggle('magnified', scale * devicePixelRatio >= 2);
  const cut = (divide * clientWidth - x) / scale;
  $('before').style.clipPath = `inset(0 ${Math.max(0, naturalWidth - cut)}px 0 0)`;
  $('divide').style.left = `${divide * 100}%`;
  $('divide').setAttribute('aria-valuenow', Math.round(divide * 100));
  $('zoom').textContent = `${Math.round(scale * devicePixelRatio * 100)} %`;
}

function divideAt(share) {
  divide = Math.min(1, Math.max(0, share));
  place();
}
