// An archive of files that are compressed already: stored as they are (PKWARE APPNOTE 4.3).

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) {
    value = value & 1 ? 0xEDB88320 ^ (value >>> 1) : value >>> 1;
  }
  return value;
});

/** @param files name and blob of each; names differ */
export async function zip(files) {
  const bodies = [];
  const directory = [];
  let at = 0;
  for (const { name, blob } of files) {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const path = new TextEncoder().encode(name);
    const facts = [[2, 20], [2, 0x0800], [2, 0], [2, 0], [2, 0x21], [4, crc(bytes)], [4, bytes.length], [4, bytes.length], [2, path.length], [2, 0]];
    bodies.push(numbers([4, 0x04034b50], ...facts), path, bytes);
    directory.push(numbers([4, 0x02014b50], [2, 20], ...facts, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]), path);
    at += 30 + path.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = numbers([4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, at], [2, 0]);
  return new Blob([...bodies, ...directory, end], { type: 'application/zip' });
}

function crc(bytes) {
  let value = 0xFFFFFFFF;
  for (const byte of bytes) {
    value = CRC[(value ^ byte) & 0xFF] ^ (value >>> 8);
  }
  return (value ^ 0xFFFFFFFF) >>> 0;
}

/** Little-endian; each with its length in bytes. */
function numbers(...values) {
  const bytes = new Uint8Array(values.reduce((sum, [length]) => sum + length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [length, value] of values) {
    length === 2 ? view.setUint16(at, value, true) : view.setUint32(at, value, true);
    at += length;
  }
  return bytes;
}
