// What is still to be done, one thing after the other, so that each one's time is its own.

const waiting = [];
let running = null;
let changed = () => {};

export function start(onChange) {
  changed = onChange;
}

export function isBusy() {
  return running !== null;
}

/**
 * Does the work when everything before it has ended.
 *
 * @param work gets the signal that it is given up
 */
export async function add(work) {
  waiting.push(work);
  if (running) {
    return;
  }
  while (waiting.length > 0) {
    running = new AbortController();
    changed();
    await waiting.shift()(running.signal);
  }
  running = null;
  changed();
}

export function cancel() {
  waiting.length = 0;
  running?.abort();
}
