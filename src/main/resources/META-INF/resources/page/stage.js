// Two pictures in one frame, and a line between them.

const $ = id => document.getElementById(id);
const pictures = [];

export function start() {
  $('divide').addEventListener('input', () => $('frame').style.setProperty('--divide', `${$('divide').value}%`));
  $('real-size').addEventListener('change', fit);
  $('left').addEventListener('change', show);
  $('right').addEventListener('change', show);
  $('after').addEventListener('load', fit);
  $('before').addEventListener('error', () => { $('before').hidden = true; });
  $('before').addEventListener('load', () => { $('before').hidden = false; });
}

/** Forgets all pictures but this one. */
export function begin(original) {
  pictures.forEach(({ url }) => URL.revokeObjectURL(url));
  pictures.length = 0;
  add(original);
  $('results').hidden = true;
}

/** @param picture name, blob, facts and a file name to download it as */
export function add(picture) {
  pictures.push({ ...picture, url: URL.createObjectURL(picture.blob) });
  for (const select of [$('left'), $('right')]) {
    const chosen = select.value;
    select.replaceChildren(...pictures.map(({ name }, i) => new Option(name, i)));
    select.value = chosen;
  }
  $('left').value ||= 0;
  $('right').value = pictures.length - 1;
  $('results').hidden = pictures.length < 2;
  show();
}

export function all() {
  return pictures;
}

function show() {
  const left = pictures[Number($('left').value)] ?? pictures[0];
  const right = pictures[Number($('right').value)];
  $('before').src = left.url;
  $('after').src = right.url;
  $('facts').textContent = right.facts ?? '';
  $('download').href = right.url;
  $('download').download = right.fileName;
}

/** Pixel for pixel means the screen's pixels, not the page's. */
function fit() {
  const real = $('real-size').checked;
  $('stage').classList.toggle('fitted', !real);
  $('after').style.width = real ? `${$('after').naturalWidth / devicePixelRatio}px` : '';
}
