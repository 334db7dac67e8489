/** OSC 1.0 packets: messages to bytes, and bytes to messages. What the daemon takes and gives: i, f and s, bundles. */

import type { Argument } from "../generated";

export interface Message {
  address: string;
  args: Argument[];
}

const EPOCH_S = 2_208_988_800; // from 1900, where timetags count from, to 1970
const text = new TextEncoder();
const words = new TextDecoder();

/** A string with its NUL, padded to four bytes. */
function padded(word: string): Uint8Array {
  const bytes = text.encode(word);
  const room = new Uint8Array((bytes.length + 4) & ~3);
  room.set(bytes);
  return room;
}

function number(value: number, whole: boolean): Uint8Array {
  const bytes = new Uint8Array(4);
  const view = new DataView(bytes.buffer);
  if (whole) view.setInt32(0, value);
  else view.setFloat32(0, value);
  return bytes;
}

function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** One message: a text is a string, a whole number an int32, any other number a float32. */
export function encode(address: string, args: readonly Argument[] = []): Uint8Array<ArrayBuffer> {
  const tags = args.map((one) => (typeof one === "string" ? "s" : Number.isInteger(one) ? "i" : "f"));
  const values = args.map((one, i) => (typeof one === "string" ? padded(one) : number(one, tags[i] === "i")));
  return joined([padded(address), padded("," + tags.join("")), ...values]);
}

/** Messages that are to happen at a time in seconds since 1970. */
export function bundle(seconds: number, messages: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const tag = new Uint8Array(8);
  const view = new DataView(tag.buffer);
  view.setUint32(0, Math.floor(seconds) + EPOCH_S);
  view.setUint32(4, Math.floor((seconds % 1) * 2 ** 32));
  return joined([padded("#bundle"), tag, ...messages.flatMap((one) => [number(one.length, true), one])]);
}

/** Every message of a packet, those of bundles in their order; `RangeError` where it is cut short. */
export function decode(bytes: Uint8Array): Message[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  function string(): string {
    const end = bytes.indexOf(0, at);
    if (end < 0) throw new RangeError("a string has no end");
    const word = words.decode(bytes.subarray(at, end));
    at = (end + 4) & ~3;
    return word;
  }
  const address = string();
  if (address === "#bundle") {
    const found: Message[] = [];
    for (at = 16; at < bytes.length; ) {
      const size = view.getInt32(at);
      if (size <= 0 || at + 4 + size > bytes.length) throw new RangeError("an element leaves its bundle");
      found.push(...decode(bytes.subarray(at + 4, at + 4 + size)));
      at += 4 + size;
    }
    return found;
  }
  const args: Argument[] = [];
  for (const tag of string().slice(1)) {
    if (tag === "s") args.push(string());
    else {
      args.push(tag === "i" ? view.getInt32(at) : view.getFloat32(at));
      at += 4;
    }
  }
  return [{ address, args }];
}
