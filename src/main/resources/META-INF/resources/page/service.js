// The service's API as this page needs it; every failure is a Problem.
import { parts } from './multipart.js';

const POLL_MILLIS = 300;
const AS_IT_IS = { 'Content-Type': 'application/octet-stream' };

export class Problem extends Error {
  constructor(status, { type, title, detail, requestId } = {}) {
    super(detail ?? title ?? `The service answered ${status}.`);
    this.status = status;
    this.type = type;
    this.requestId = requestId;
  }
}

let key = sessionStorage.getItem('key') ?? '';

export function useKey(value) {
  key = value.trim();
  sessionStorage.setItem('key', key);
}

export function hasKey() {
  return key !== '';
}

async function call(address, options = {}) {
  const response = await fetch(address, { ...options, headers: { ...options.headers, ...(key && { 'X-API-Key': key }) } });
  if (!response.ok) {
    const body = await response.json().catch(() => ({}));
    throw new Problem(response.status, { ...body, requestId: response.headers.get('X-Request-Id') });
  }
  return response;
}

/** The answer of a job where the service keeps jobs, which tell how far they are; else the answer itself. */
async function awaited(address, { onProgress = () => {}, signal, ...options }) {
  const response = await call(address, { ...options, signal, headers: { ...options.headers, Prefer: 'respond-async' } });
  if (response.status !== 202) {
    return response;
  }
  const job = `v1/jobs/${(await response.json()).id}`;
  signal?.addEventListener('abort', () => call(job, { method: 'DELETE' }).catch(() => {}));
  while (true) {
    const { state, progress } = await (await call(job, { signal })).json();
    if (state === 'done' || state === 'failed') {
      return call(`${job}/result`, { signal });
    }
    if (progress) {
      onProgress(progress);
    }
    await new Promise(resolve => setTimeout(resolve, POLL_MILLIS));
  }
}

/** Every checkpoint of the store with its state. */
export async function models() {
  return (await call('v1/models')).json();
}

/** Where a task with these parameters is asked for. */
export function address(task, parameters) {
  const query = new URLSearchParams(parameters).toString();
  return `v1/${task}${query && `?${query}`}`;
}

/** The restored picture, and what the service says about it. */
export async function restore(task, photo, parameters, { signal, onProgress }) {
  const response = await awaited(address(task, parameters), { method: 'POST', body: photo, signal, onProgress, headers: AS_IT_IS });
  const header = name => response.headers.get(name);
  const inferMillis = [...(header('Server-Timing') ?? '').matchAll(/infer[^;,]*;dur=([\d.]+)/g)].reduce((sum, [, millis]) => sum + Number(millis), 0);
  return {
    picture: await response.blob(),
    model: header('X-Darkroom-Model')?.split(' ')[0],
    device: header('X-Darkroom-Device'),
    sigma: header('X-Darkroom-Sigma'),
    noise: header('X-Darkroom-Noise'),
    jpeg: header('X-Darkroom-Jpeg'),
    kept: header('X-Darkroom-Kept'),
    changed: header('X-Darkroom-Changed'),
    inferMillis,
  };
}

/** The picture by every checkpoint of the task that is ready, and what the service says about each. */
export async function compare(task, photo, parameters, { signal, onProgress }) {
  const response = await awaited(address(`compare/${task}`, parameters), {
    method: 'POST', body: photo, signal, onProgress, headers: { ...AS_IT_IS, Accept: 'multipart/mixed' },
  });
  const files = parts(new Uint8Array(await response.arrayBuffer()));
  const report = JSON.parse(new TextDecoder().decode(files.get('comparison.json')));
  return report.results.map(({ model, device, noise, jpeg, kept, changed, milliseconds, picture }) => ({
    picture: new Blob([files.get(picture.name)], { type: picture.type }),
    model,
    device,
    sigma: noise?.sigma,
    noise: noise && `luma=${noise.luma}, chroma=${noise.chroma}`,
    jpeg,
    kept,
    changed: changed.join(', '),
    inferMillis: milliseconds.infer,
    millis: Object.values(milliseconds).reduce((sum, each) => sum + each, 0),
  }));
}

/** What a browser can show of a file that it does not know: the picture as the service reads it, untouched. */
export async function preview(file, signal) {
  const response = await call(address('dejpeg', { strength: 0, format: 'png', metadata: 'strip' }), { method: 'POST', body: file, signal, headers: AS_IT_IS });
  return response.blob();
}

/** A report with the reference's and every candidate's measures. */
export async function score(reference, candidates, signal) {
  const form = new FormData();
  form.append('reference', reference);
  candidates.forEach(({ name, picture }) => form.append('candidate', picture, name));
  return (await call('v1/score', { method: 'POST', body: form, signal })).json();
}
