// From a dropped photo to pictures side by side: choose, restore, look, score.
import * as service from './service.js';
import * as stage from './stage.js';
import { sheet } from './scores.js';

const $ = id => document.getElementById(id);
const ENDINGS = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp', 'image/tiff': 'tiff' };
const AGAIN_MILLIS = 2000;

let photo = null;
let catalogue = [];
let running = null;

stage.start();
$('photo').addEventListener('change', () => take($('photo').files[0]));
$('task').addEventListener('change', chooseTask);
$('scale').addEventListener('change', listModels);
$('order').addEventListener('submit', event => { event.preventDefault(); run([$('model').value]); });
$('restore-all').addEventListener('click', () => run(ready()));
$('cancel').addEventListener('click', () => running?.abort());
$('key').addEventListener('change', () => { service.useKey($('key').value); loadModels(); });
$('reference').addEventListener('change', enable);
$('score').addEventListener('click', score);
document.addEventListener('dragover', event => { event.preventDefault(); $('drop').classList.add('over'); });
document.addEventListener('dragleave', () => $('drop').classList.remove('over'));
document.addEventListener('drop', event => {
  event.preventDefault();
  $('drop').classList.remove('over');
  take(event.dataTransfer.files[0]);
});
document.addEventListener('paste', event => take(event.clipboardData.files[0]));
chooseTask();
loadModels();

function take(file) {
  if (!file || running) {
    return;
  }
  photo = file;
  $('photo-name').textContent = file.name;
  if (file.type === 'image/tiff') {
    $('format').value = 'png'; // browsers show no TIFF
  }
  stage.begin({ name: 'input', blob: file, fileName: file.name });
  $('scoring').hidden = true;
  $('scores').replaceChildren();
  say('');
  enable();
}

function chooseTask() {
  for (const choice of document.querySelectorAll('[data-for]')) {
    choice.hidden = !choice.dataset.for.split(' ').includes($('task').value);
  }
  listModels();
}

/** The store loads for a while after the start. */
async function loadModels() {
  try {
    catalogue = await service.models();
    $('access').hidden = true;
    listModels();
    if (catalogue.some(({ state }) => state === 'loading')) {
      setTimeout(loadModels, AGAIN_MILLIS);
    }
  } catch (failure) {
    report(failure);
  }
}

/** Losses of the task that can be asked for, the default first. */
function ready() {
  const fits = ({ task, state, manifest }) => task === $('task').value && state === 'ready'
      && (task !== 'super-resolve' || manifest.scale === Number($('scale').value));
  return [...new Set(catalogue.filter(fits).map(({ loss }) => loss))];
}

function listModels() {
  const chosen = $('model').value;
  $('model').replaceChildren(new Option('the default', ''), ...ready().map(loss => new Option(loss, loss)));
  $('model').value = ready().includes(chosen) ? chosen : '';
  enable();
}

function enable() {
  $('restore').disabled = $('restore-all').disabled = !photo || Boolean(running) || ready().length === 0;
  $('cancel').hidden = !running;
  $('score').disabled = Boolean(running) || !$('reference').files.length;
}

function parameters(model) {
  const chosen = { model, format: $('format').value };
  for (const choice of document.querySelectorAll('[data-for]:not([hidden]) :is(input, select)')) {
    chosen[choice.id] = choice.value;
  }
  return Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== ''));
}

/** One request at a time, so that each one's time is its own. */
async function run(models) {
  await busily(async signal => {
    for (const model of models) {
      say(`${$('task').value}${model && `, ${model}`} ...`);
      const began = performance.now();
      const result = await service.restore($('task').value, photo, parameters(model), signal);
      stage.add(described(result, performance.now() - began));
    }
    $('scoring').hidden = false;
    say('');
  });
}

function described({ picture, model, device, sigma, changed, timing }, millis) {
  const infer = /infer;dur=([\d.]+)/.exec(timing)?.[1];
  const facts = [model, device, sigma && `sigma ${sigma}`, `${(millis / 1000).toFixed(2)} s`, infer && `of them ${(infer / 1000).toFixed(2)} s the network's`,
    changed && `not kept: ${changed}`];
  const stem = photo.name.replace(/\.[^.]*$/, '');
  const suffix = model?.replace(/[/@]/g, '-') ?? 'restored';
  return { name: model, blob: picture, facts: facts.filter(Boolean).join(' · '), fileName: `${stem}-${suffix}.${ENDINGS[picture.type] ?? 'png'}` };
}

async function score() {
  await busily(async () => {
    say('measuring ...');
    const reference = $('reference').files[0];
    const candidates = await ofItsSize(reference);
    $('scores').replaceChildren(...sheet(await service.score(reference, candidates)));
    say('');
  });
}

/** An input that was enlarged or developed has no place beside its original. */
async function ofItsSize(reference) {
  const size = await dimensions(reference);
  const candidates = [];
  for (const { name, blob, fileName } of stage.all()) {
    if (!size || await dimensions(blob) === size) {
      candidates.push({ name: `${name.replace('/', ' ')}.${fileName.split('.').pop()}`, picture: blob });
    }
  }
  if (candidates.length === 0) {
    throw new Error('No picture here has the size of that original.');
  }
  return candidates;
}

async function dimensions(blob) {
  try {
    const bitmap = await createImageBitmap(blob);
    const size = `${bitmap.width} x ${bitmap.height}`;
    bitmap.close();
    return size;
  } catch {
    return null; // of a kind the browser does not know; the service will say
  }
}

async function busily(work) {
  running = new AbortController();
  $('problem').hidden = true;
  enable();
  try {
    await work(running.signal);
  } catch (failure) {
    say('');
    report(failure);
  } finally {
    running = null;
    enable();
  }
}

function report(failure) {
  if (failure.name === 'AbortError') {
    say('cancelled');
    return;
  }
  if (failure.status === 401) {
    $('access').hidden = false;
    $('key').focus();
  }
  $('problem').textContent = failure.requestId ? `${failure.message} (request ${failure.requestId})` : failure.message;
  $('problem').hidden = false;
}

function say(text) {
  $('status').textContent = text;
}
