// The photos of this tab, and the pictures that were made of each; forgotten when the tab closes.
import * as service from './service.js';

const $ = id => document.getElementById(id);
const SHOWN = ['image/png', 'image/jpeg', 'image/webp', 'image/bmp', 'image/gif'];

const photos = [];
let current = null;
let changed = () => {};

export function start(onChange) {
  changed = onChange;
}

export function selected() {
  return current;
}

export function all() {
  return photos;
}

/** Takes a file in, and shows it if it is the first or is asked to. */
export async function add(file, { show = false } = {}) {
  const photo = { file, name: file.name, state: '', pictures: [] };
  photos.push(photo);
  if (!current || show) {
    current = photo;
  }
  render();
  await addPicture(photo, { name: 'the photo', blob: file, fileName: file.name });
  return photo;
}

/** @param picture name, blob, fileName and facts */
export async function addPicture(photo, picture) {
  const fileName = unique(photo, picture.fileName);
  const made = { ...picture, fileName, url: '', saved: URL.createObjectURL(picture.blob), size: '' };
  photo.pictures.push(made);
  try {
    const shown = SHOWN.includes(picture.blob.type) ? picture.blob : await service.preview(picture.blob);
    const bitmap = await createImageBitmap(shown);
    made.url = shown === picture.blob ? made.saved : URL.createObjectURL(shown);
    made.width = bitmap.width;
    made.height = bitmap.height;
    bitmap.close();
  } catch (failure) {
    made.failure = failure;
  }
  made.size = [made.width && `${made.width} × ${made.height}`, bytes(picture.blob.size)].filter(Boolean).join(', ');
  render();
  changed();
  return made;
}

/** Results of other settings do not hide each other among downloads. */
function unique(photo, fileName) {
  const [, stem, ending] = /^(.*?)(\.[^.]*)?$/.exec(fileName);
  let name = fileName;
  for (let n = 2; photo.pictures.some(picture => picture.fileName === name); n++) {
    name = `${stem}-${n}${ending ?? ''}`;
  }
  return name;
}

export function select(photo) {
  current = photo;
  render();
  changed();
}

export function tell(photo, state) {
  photo.state = state;
  render();
}

function render() {
  $('photos').hidden = photos.length < 2;
  $('photos').replaceChildren(...photos.map(item));
}

function item(photo) {
  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('aria-pressed', photo === current);
  const thumb = document.createElement('img');
  thumb.alt = '';
  if (photo.pictures.at(-1)?.url) {
    thumb.src = photo.pictures.at(-1).url;
  }
  const name = document.createElement('span');
  name.textContent = photo.state ? `${photo.name}: ${photo.state}` : photo.name;
  button.append(thumb, name);
  button.addEventListener('click', () => {
    select(photo);
    $('photos').children[photos.indexOf(photo)].firstChild.focus();
  });
  const line = document.createElement('li');
  line.append(button);
  return line;
}

export function bytes(count) {
  return count < 1e6 ? `${Math.max(1, Math.round(count / 1e3))} kB` : `${(count / 1e6).toFixed(1)} MB`;
}
