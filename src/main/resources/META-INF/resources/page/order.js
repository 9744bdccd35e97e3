// What is asked for: task, checkpoint and parameters, as the form has them.
import * as service from './service.js';

const $ = id => document.getElementById(id);

/** What each loss is for; docs/models.md has the long answer. */
const SENTENCES = {
  baseline: 'Nearest to the truth on average, smooth where it cannot know.',
  pdl: 'The crispest: fur, fabric and foliage keep a texture.',
  contextual: 'Nearly as crisp as pdl, farther from each pixel’s value.',
  perceptual: 'Between baseline and pdl.',
  d2sm: 'A little crisper than baseline.',
  mdf: 'Hardly different from baseline: the mildest.',
  ensemble: 'The mean of eight orientations: nearest of all, eight times the work.',
};

let catalogue = [];

export function start(onChange) {
  $('task').addEventListener('change', () => { choose(); onChange(); });
  $('scale').addEventListener('change', () => { listModels(); onChange(); });
  $('model').addEventListener('change', explain);
  for (const id of ['strength', 'quality']) {
    $(id).addEventListener('input', () => { $(`${id}-number`).value = $(id).value; });
  }
  choose();
}

export function useCatalogue(models) {
  catalogue = models;
  listModels();
}

export function task() {
  return $('task').value;
}

export function useTask(name) {
  $('task').value = name;
  choose();
}

/** Shows what the task can be asked for and nothing else. */
function choose() {
  for (const choice of document.querySelectorAll('[data-for]')) {
    choice.hidden = !choice.dataset.for.split(' ').includes(task());
  }
  listModels();
}

/** Whether a checkpoint can be asked for what is chosen; one that rests is brought back by that. */
function fits({ task: of, state, manifest }) {
  return of === task() && ['ready', 'resting'].includes(state) && (of !== 'super-resolve' || manifest.scale === Number($('scale').value));
}

/** Losses of the task that can be asked for, the default first. */
export function ready() {
  return [...new Set(catalogue.filter(fits).map(({ loss }) => loss))];
}

function listModels() {
  const chosen = $('model').value;
  $('model').replaceChildren(new Option('the default', ''), ...ready().map(loss => new Option(loss, loss)));
  $('model').value = ready().includes(chosen) ? chosen : '';
  explain();
}

/** A sentence on the chosen checkpoint, or on the default and on all that came from elsewhere: whose, under which licence. */
function explain() {
  const chosen = $('model').value;
  const shown = ready().filter(loss => (chosen ? loss === chosen : loss === 'baseline' || manifestOf(loss)?.origin));
  $('sentences').replaceChildren(...shown.map(loss => Object.assign(document.createElement('li'), { textContent: [loss, about(loss)].filter(Boolean).join(': ') })));
}

function manifestOf(loss) {
  return catalogue.filter(fits).filter(model => model.loss === loss).at(-1)?.manifest;
}

function about(loss) {
  const manifest = manifestOf(loss) ?? {};
  return [sentence(loss), manifest.origin && manifest.licence, manifest.origin && `from ${manifest.origin.source}`,
    manifest.limits?.megapixels && `at most ${manifest.limits.megapixels} megapixels`].filter(Boolean).join(' · ');
}

/** @param model LOSS or TASK/LOSS@VERSION */
export function sentence(model) {
  const loss = model.replace(/^.*\//, '').replace(/@.*$/, '');
  return SENTENCES[loss] ?? manifestOf(loss)?.summary ?? '';
}

/** Those that the task has and that are not left at their defaults. */
export function parameters(model = $('model').value) {
  const chosen = { model, format: $('format').value, metadata: $('metadata').value === 'keep' ? '' : $('metadata').value,
    quality: $('quality').value === $('quality').defaultValue ? '' : $('quality').value };
  for (const choice of document.querySelectorAll('[data-for]:not([hidden]) :is(input, select)')) {
    chosen[choice.id] = choice.id === 'strength' && choice.value === '1' ? '' : choice.value;
  }
  return Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== ''));
}

/** The same request for a shell. */
export function curl(photo) {
  const quoted = text => `'${text.replaceAll("'", "'\\''")}'`;
  const address = new URL(service.address(task(), parameters()), location.href).href;
  return ['curl -f', ...(service.hasKey() ? ['-H "X-API-Key: $DARKROOM_KEY"'] : []), `--data-binary @${quoted(photo?.name ?? 'photo.jpg')}`,
    quoted(address), '-o restored'].join(' ');
}
