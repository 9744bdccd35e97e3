// From dropped photos to pictures side by side: choose, restore, look, score.
import * as order from './order.js';
import * as photos from './photos.js';
import * as queue from './queue.js';
import * as results from './results.js';
import * as service from './service.js';
import { compare, restore } from './restoring.js';
import { sheet } from './scores.js';
import { forgetProblem, report, say } from './telling.js';

const $ = id => document.getElementById(id);
const AGAIN_MILLIS = 2000;
photos.start(results.refresh);
queue.start(enable);
order.start(enable);
results.start(file => take([file], { show: true }));
$('photo').addEventListener('change', () => { take($('photo').files); $('photo').value = ''; });
$('order').addEventListener('submit', event => { event.preventDefault(); restore(photos.selected()); });
$('restore-photos').addEventListener('click', () => photos.all().forEach(restore));
$('restore-all').addEventListener('click', compare);
$('cancel').addEventListener('click', () => { queue.cancel(); $('restore').focus(); });
$('copy').addEventListener('click', copyAsCurl);
$('key').addEventListener('change', () => { service.useKey($('key').value); loadModels(); });
$('reference').addEventListener('change', enable);
$('score').addEventListener('click', score);
document.addEventListener('dragover', event => { event.preventDefault(); $('drop').classList.add('over'); });
document.addEventListener('dragleave', () => $('drop').classList.remove('over'));
document.addEventListener('drop', event => {
  event.preventDefault();
  $('drop').classList.remove('over');
  take(event.dataTransfer.files);
});
document.addEventListener('paste', event => take(event.clipboardData.files));
for (const example of document.querySelectorAll('[data-example]')) {
  example.addEventListener('click', () => takeExample(example.dataset));
}
loadModels();

async function take(files, options) {
  forgetProblem();
  for (const [i, file] of [...files].entries()) {
    if (file.name.toLowerCase().endsWith('.dng')) {
      order.useTask('demosaic'); // the only one that takes them
    }
    await photos.add(file, { show: i === 0, ...options });
  }
  enable();
}

async function takeExample({ example, task }) {
  order.useTask(task);
  const response = await fetch(`page/examples/${example}`);
  await take([new File([await response.blob()], example, { type: 'image/jpeg' })]);
}

/** The store loads for a while after the start. */
async function loadModels() {
  try {
    const catalogue = await service.models();
    $('access').hidden = true;
    order.useCatalogue(catalogue);
    enable();
    if (catalogue.some(({ state }) => state === 'loading')) {
      setTimeout(loadModels, AGAIN_MILLIS);
    }
  } catch (failure) {
    report(failure);
  }
}

function enable() {
  const nothing = !photos.selected() || order.ready().length === 0;
  $('restore').disabled = $('restore-all').disabled = nothing;
  $('restore-photos').hidden = photos.all().length < 2;
  $('restore-photos').disabled = nothing;
  $('cancel').hidden = !queue.isBusy();
  $('score').disabled = !$('reference').files.length;
  const made = photos.all().reduce((sum, { pictures }) => sum + Math.max(0, pictures.length - 1), 0);
  $('download-all').hidden = made < 2;
  $('scoring').hidden = made === 0;
}

function score() {
  queue.add(async signal => {
    forgetProblem();
    say('measuring ...');
    try {
      const reference = $('reference').files[0];
      $('scores').replaceChildren(...sheet(await service.score(reference, await ofItsSize(reference), signal)));
      say('');
    } catch (failure) {
      report(failure);
    }
  });
}

/** An input that was enlarged or developed has no place beside its original. */
async function ofItsSize(reference) {
  const bitmap = await createImageBitmap(reference).catch(() => null);
  const candidates = photos.selected().pictures.filter(({ width, height }) => !bitmap || width === bitmap.width && height === bitmap.height)
      .map(({ name, blob, fileName }) => ({ name: `${name.replaceAll('/', ' ')}.${fileName.split('.').pop()}`, picture: blob }));
  if (candidates.length === 0) {
    throw new Error('No picture here has the size of that original.');
  }
  return candidates;
}

async function copyAsCurl() {
  const command = order.curl(photos.selected());
  $('command').textContent = command;
  $('command').hidden = false;
  try {
    await navigator.clipboard.writeText(command);
    say('copied');
  } catch {
    say('select and copy it'); // a browser lets pages write there only over https or on this machine
  }
}
