// One line for what goes on, and a box for what went wrong.

const $ = id => document.getElementById(id);

export function report(failure) {
  if (failure.name === 'AbortError') {
    say('cancelled');
    return;
  }
  say('');
  if (failure.status === 401) {
    $('access').hidden = false;
    $('key').focus();
  }
  $('problem').textContent = failure.requestId ? `${failure.message} (request ${failure.requestId})` : failure.message;
  $('problem').hidden = false;
}

export function forgetProblem() {
  $('problem').hidden = true;
}

export function say(text) {
  $('status').textContent = text;
}
