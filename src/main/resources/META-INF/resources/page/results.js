// The pictures of one photo: a grid to choose from, two of them in the viewer.
import * as viewer from './viewer.js';
import * as photos from './photos.js';
import { sentence } from './order.js';
import { zip } from './zip.js';

const $ = id => document.getElementById(id);
let left = null;
let right = null;

export function start(onReuse) {
  viewer.start();
  $('left').addEventListener('change', () => { left = pictures()[$('left').value]; show(); });
  $('right').addEventListener('change', () => { right = pictures()[$('right').value]; show(); });
  $('reuse').addEventListener('click', () => onReuse(new File([right.blob], right.fileName, { type: right.blob.type })));
  $('download-all').addEventListener('click', downloadAll);
}

function pictures() {
  return photos.selected()?.pictures ?? [];
}

/** Shows the selected photo beside the newest of what was made of it. */
export function refresh({ newest = false } = {}) {
  const all = pictures();
  if (!all.includes(left)) {
    left = all[0];
  }
  if (newest || !all.includes(right)) {
    right = all.at(-1);
  }
  for (const [select, chosen] of [[$('left'), left], [$('right'), right]]) {
    select.replaceChildren(...all.map(({ name }, i) => new Option(name, i)));
    select.value = all.indexOf(chosen);
  }
  $('grid').replaceChildren(...(all.length > 2 ? all.slice(1).map(card) : []));
  $('comparing').hidden = all.length < 2;
  show();
}

function card(picture) {
  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('aria-pressed', picture === right);
  const image = document.createElement('img');
  image.alt = '';
  image.src = picture.url;
  button.append(image, text('strong', picture.name), text('span', sentence(picture.name)), text('span', picture.size));
  button.addEventListener('click', () => {
    right = picture;
    refresh();
    $('grid').children[pictures().indexOf(picture) - 1].firstChild.focus();
  });
  const line = document.createElement('li');
  line.append(button);
  return line;
}

function show() {
  const pair = left && right && left !== right ? [left, right] : [null, right ?? left];
  $('results').hidden = !pair[1];
  if (!pair[1]) {
    return;
  }
  $('stage').hidden = !pair[1].url;
  $('blind').hidden = Boolean(pair[1].url) || !pair[1].failure;
  $('blind').textContent = pair[1].failure?.message ?? '';
  if (pair[1].url) {
    viewer.show(pair[0]?.url, pair[1].url);
  }
  $('facts').textContent = [pair[0] && `${pair[0].size} → ${pair[1].size}`, !pair[0] && `${pair[1].name}: ${pair[1].size}`, pair[1].facts].filter(Boolean).join(' · ');
  $('download').href = pair[1].saved;
  $('download').download = pair[1].fileName;
}

/** Everything that was made, by the name of its photo. */
async function downloadAll() {
  const made = photos.all().flatMap(({ pictures: [, ...results] }) => results);
  const names = new Map();
  const files = made.map(({ fileName, blob }) => {
    const times = names.get(fileName) ?? 0;
    names.set(fileName, times + 1);
    return { name: times === 0 ? fileName : `${times + 1}-${fileName}`, blob };
  });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await zip(files));
  link.download = 'darkroom.zip';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function text(kind, content) {
  const element = document.createElement(kind);
  element.textContent = content;
  return element;
}
