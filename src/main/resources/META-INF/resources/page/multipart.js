// Reads a multipart/mixed whose parts say how long they are.

/** The parts by their names. */
export function parts(bytes) {
  const found = new Map();
  let at = 0;
  for (let end = headEnd(bytes, at); end > 0; end = headEnd(bytes, at)) {
    const head = new TextDecoder().decode(bytes.subarray(at, end));
    const length = Number(/Content-Length: (\d+)/.exec(head)[1]);
    found.set(/filename="([^"]+)"/.exec(head)[1], bytes.subarray(end, end + length));
    at = end + length + 2;
  }
  return found;
}

/** Where an empty line ends a part's headers, or -1. */
function headEnd(bytes, from) {
  for (let i = from; i + 3 < bytes.length; i++) {
    if (bytes[i] === 13 && bytes[i + 1] === 10 && bytes[i + 2] === 13 && bytes[i + 3] === 10) {
      return i + 4;
    }
  }
  return -1;
}
