// Has a photo restored, and puts what comes back beside it.
import * as order from './order.js';
import * as photos from './photos.js';
import * as queue from './queue.js';
import * as results from './results.js';
import * as service from './service.js';
import { forgetProblem, report, say } from './telling.js';

const $ = id => document.getElementById(id);
const ENDINGS = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp', 'image/tiff': 'tif' };
const TOO_MUCH = ['deadline-unreachable', 'image-too-large', 'queue-full'].map(name => `urn:darkroom:problem:${name}`);

/** What the form says now is what is asked for, whatever it says when its turn comes. */
export function restore(photo) {
  const [task, parameters] = [order.task(), order.parameters()];
  photos.tell(photo, 'waiting');
  queue.add(signal => busily(photo, `${task}${parameters.model ? `, ${parameters.model}` : ''}`, async onProgress => {
    await restoreBy(photo, task, parameters, { signal, onProgress });
  }));
}

async function restoreBy(photo, task, parameters, options) {
  const began = performance.now();
  const result = await service.restore(task, photo.file, parameters, options);
  await photos.addPicture(photo, described(photo, parameters, result, performance.now() - began));
}

/** All checkpoints in one request; what is too much for one is asked for one by one. */
export function compare() {
  const [photo, task, parameters, losses] = [photos.selected(), order.task(), order.parameters(''), order.ready()];
  photos.tell(photo, 'waiting');
  queue.add(signal => busily(photo, `${task}, with every checkpoint`, async onProgress => {
    try {
      for (const result of await service.compare(task, photo.file, parameters, { signal, onProgress })) {
        await photos.addPicture(photo, described(photo, parameters, result, result.millis));
      }
    } catch (failure) {
      if (!TOO_MUCH.includes(failure.type)) {
        throw failure;
      }
      for (const model of losses) {
        await restoreBy(photo, task, { ...parameters, model }, { signal, onProgress });
      }
    }
  }));
}

function described(photo, parameters, { picture, model, device, sigma, noise, jpeg, kept, changed, inferMillis }, millis) {
  const settings = Object.entries(parameters).filter(([name]) => !['model', 'format', 'metadata', 'quality'].includes(name)).map(([name, value]) => `${name} ${value}`);
  const facts = [device, noise ? `noise: ${noise.replace(/=/g, ' ')} of 255` : sigma && `sigma ${sigma}`, jpeg && `JPEG of quality ${jpeg}`, kept != null && keptOf(Number(kept)), `${(millis / 1000).toFixed(2)} s`,
    inferMillis > 0 && `of them ${(inferMillis / 1000).toFixed(2)} s the network's`, changed && `not kept: ${changed}`];
  const name = [model, ...settings].join(', ');
  const stem = photo.name.replace(/\.[^.]*$/, '');
  const suffix = name.replace(/[^A-Za-z0-9.]+/g, '-');
  return { name, blob: picture, facts: facts.filter(Boolean).join(' · '), fileName: `${stem}-${suffix}.${ENDINGS[picture.type] ?? 'png'}` };
}

/** Said where not all of the network's change was done. */
function keptOf(share) {
  return share < 0.995 ? `a good JPEG file: ${Math.round(100 * share)} % of the change` : '';
}

async function busily(photo, what, work) {
  forgetProblem();
  say(`${what} ...`);
  try {
    await work(({ done, of, secondsLeft }) => {
      $('progress').hidden = false;
      $('progress').max = of;
      $('progress').value = done;
      say(`${what}: ${done} of ${of} tiles, ${Math.ceil(secondsLeft)} s left`);
    });
    say('');
    photos.tell(photo, 'done');
    if (photo === photos.selected()) {
      results.refresh({ newest: true });
    }
  } catch (failure) {
    photos.tell(photo, failure.name === 'AbortError' ? 'cancelled' : 'failed');
    report(failure);
  } finally {
    $('progress').hidden = true;
  }
}
