// The service's API as this page needs it; every failure is a Problem.

export class Problem extends Error {
  constructor(status, { title, detail, requestId } = {}) {
    super(detail ?? title ?? `The service answered ${status}.`);
    this.status = status;
    this.requestId = requestId;
  }
}

let key = sessionStorage.getItem('key') ?? '';

export function useKey(value) {
  key = value.trim();
  sessionStorage.setItem('key', key);
}

async function call(address, options = {}) {
  const response = await fetch(address, { ...options, headers: { ...options.headers, ...(key && { 'X-API-Key': key }) } });
  if (!response.ok) {
    const body = await response.json().catch(() => ({}));
    throw new Problem(response.status, { ...body, requestId: response.headers.get('X-Request-Id') });
  }
  return response;
}

/** Every checkpoint of the store with its state. */
export async function models() {
  return (await call('v1/models')).json();
}

/** The restored picture, and what the service says about it. */
export async function restore(task, photo, parameters, signal) {
  const query = new URLSearchParams(parameters);
  const response = await call(`v1/${task}?${query}`, {
    method: 'POST', body: photo, signal, headers: { 'Content-Type': 'application/octet-stream' },
  });
  const header = name => response.headers.get(name);
  return {
    picture: await response.blob(),
    model: header('X-Darkroom-Model')?.split(' ')[0],
    device: header('X-Darkroom-Device'),
    sigma: header('X-Darkroom-Sigma'),
    changed: header('X-Darkroom-Changed'),
    timing: header('Server-Timing'),
  };
}

/** A report with the reference's and every candidate's measures. */
export async function score(reference, candidates) {
  const form = new FormData();
  form.append('reference', reference);
  candidates.forEach(({ name, picture }) => form.append('candidate', picture, name));
  return (await call('v1/score', { method: 'POST', body: form })).json();
}
