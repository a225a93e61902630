// Padding to size classes; lianfang/sealing/padding.py is its twin.
const SMALLEST = 4 * 1024;
const STEP = 4;
const PREFIX = 4;

export function classOf(length) {
  let size = SMALLEST;
  while (size < length + PREFIX) size *= STEP;
  return size;
}

export function padded(content) {
  const block = new Uint8Array(classOf(content.length));
  new DataView(block.buffer).setUint32(0, content.length);
  block.set(content, PREFIX);
  return block;
}

export function unpadded(block) {
  const length = new DataView(block.buffer, block.byteOffset, block.byteLength).getUint32(0);
  const rest = block.subarray(PREFIX + length);
  if (block.length !== classOf(length) || rest.some((byte) => byte !== 0)) {
    throw new Error("These bytes were not padded to a size class");
  }
  return block.slice(PREFIX, PREFIX + length);
}
