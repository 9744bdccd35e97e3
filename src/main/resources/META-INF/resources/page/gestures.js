// What wheel, fingers, mouse and keys do to the viewer.

const $ = id => document.getElementById(id);
const STEP = 1.25;
const NUDGE = 48;

const pointers = new Map();
let viewer = null;

/** @param moved what can be done: fit, zoomTo, zoomBy, zoomAt, pan, divideAt, divideBy, toggle */
export function start(moved) {
  viewer = moved;
  const stage = $('stage');
  stage.addEventListener('wheel', wheel, { passive: false });
  stage.addEventListener('pointerdown', down);
  stage.addEventListener('pointermove', move);
  for (const end of ['pointerup', 'pointercancel', 'lostpointercapture']) {
    stage.addEventListener(end, event => pointers.delete(event.pointerId));
  }
  stage.addEventListener('keydown', key);
  stage.addEventListener('dblclick', viewer.toggle);
  $('divide').addEventListener('keydown', keyOfDivide);
}

function wheel(event) {
  event.preventDefault();
  viewer.zoomAt(event.clientX, event.clientY, event.deltaY < 0 ? STEP : 1 / STEP);
}

function down(event) {
  if (event.button > 0) {
    return;
  }
  $('stage').setPointerCapture(event.pointerId);
  pointers.set(event.pointerId, { x: event.clientX, y: event.clientY, divides: event.target.closest('#divide') !== null });
}

function move(event) {
  const before = pointers.get(event.pointerId);
  if (!before) {
    return;
  }
  const now = { ...before, x: event.clientX, y: event.clientY };
  const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
  pointers.set(event.pointerId, now);
  if (before.divides) {
    const box = $('stage').getBoundingClientRect();
    viewer.divideAt((now.x - box.left) / box.width);
  } else if (other) {
    viewer.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    viewer.zoomAt((now.x + other.x) / 2, (now.y + other.y) / 2, distance(now, other) / Math.max(1, distance(before, other)));
  } else {
    viewer.pan(now.x - before.x, now.y - before.y);
  }
}

function distance(one, other) {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

function key(event) {
  const { fit, zoomTo, zoomBy, pan } = viewer;
  const actions = {
    f: fit, 0: fit, 1: () => zoomTo(1), 2: () => zoomTo(2), 4: () => zoomTo(4), '+': () => zoomBy(STEP), '-': () => zoomBy(1 / STEP),
    ArrowLeft: () => pan(NUDGE, 0), ArrowRight: () => pan(-NUDGE, 0), ArrowUp: () => pan(0, NUDGE), ArrowDown: () => pan(0, -NUDGE),
  };
  if (actions[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    actions[event.key]();
  }
}

function keyOfDivide(event) {
  const { divideAt, divideBy } = viewer;
  const actions = {
    ArrowLeft: () => divideBy(-0.02), ArrowRight: () => divideBy(0.02), PageDown: () => divideBy(-0.2), PageUp: () => divideBy(0.2),
    Home: () => divideAt(0), End: () => divideAt(1),
  };
  if (actions[event.key]) {
    event.preventDefault();
    event.stopPropagation();
    actions[event.key]();
  }
}
