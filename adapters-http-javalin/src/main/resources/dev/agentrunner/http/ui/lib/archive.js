/** Reads what is in archives, in memory: tar, tar.gz and zip. An entry is `{name, size, read(): Promise<Uint8Array>}`. */
const MOST = 5000;
const text = new TextDecoder();

async function inflate(bytes, format) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const cString = (bytes) => text.decode(bytes.subarray(0, bytes.indexOf(0) < 0 ? bytes.length : bytes.indexOf(0)));

/** POSIX ustar, with the long names of GNU and pax. */
function untar(bytes) {
  const entries = [];
  let longName;
  for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0 && entries.length < MOST; ) {
    const head = bytes.subarray(at, at + 512);
    const size = parseInt(cString(head.subarray(124, 136)).trim() || '0', 8);
    if (!Number.isSafeInteger(size) || size < 0) throw new Error('It is not a tar archive, or a damaged one.');
    const type = String.fromCharCode(head[156] || 48);
    const data = bytes.subarray(at + 512, at + 512 + size);
    const prefix = cString(head.subarray(257, 262)) === 'ustar' ? cString(head.subarray(345, 500)) : '';
    const name = longName ?? (prefix ? `${prefix}/` : '') + cString(head.subarray(0, 100));
    if (type === 'L') longName = cString(data);
    else if (type === 'x') longName = /\d+ path=(.*)\n/.exec(text.decode(data))?.[1] ?? longName;
    else if (type !== 'g') {
      longName = undefined;
      if (type === '0' || type === '7') entries.push({ name, size, read: async () => data });
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return entries;
}

/** The central directory of a zip file, as PKWARE's APPNOTE describes it; without Zip64. */
function unzip(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) throw new Error('It is not a zip archive, or a damaged one.');
  const entries = [];
  let at = view.getUint32(end + 16, true);
  for (let i = view.getUint16(end + 10, true); i > 0 && entries.length < MOST; i--) {
    const [method, packed, size] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    const [nameLength, extra, comment] = [28, 30, 32].map((o) => view.getUint16(at + o, true));
    const local = view.getUint32(at + 42, true);
    const name = text.decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const read = async () => {
      const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      const data = bytes.subarray(from, from + packed);
      return method === 8 ? inflate(data, 'deflate-raw') : data;
    };
    if (!name.endsWith('/')) entries.push({ name, size, read });
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}

/** Whether a name or media type is one of an archive that can be looked into. */
export const isArchive = ({ name, media_type: type }) =>
  /\.(tar|tgz|tar\.gz|zip|jar)$/i.test(name) || /(application\/(zip|x-tar|gzip|x-gzip|java-archive))/.test(type);

export async function entriesOf(bytes) {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return unzip(bytes);
  return untar(bytes[0] === 0x1f && bytes[1] === 0x8b ? await inflate(bytes, 'gzip') : bytes);
}
