/** A WAV of the daemon's to samples, without Web Audio: the panel draws where there is no sound, too. */

export interface Wave {
  rate: number;
  channels: Float32Array<ArrayBuffer>[];
  /** The mean of the channels, for drawing. */
  mono: Float32Array;
}

/** Samples of a WAV of 16 or 24 bits or 32-bit floats; `Error` with a sentence for anything else. */
export function readWav(bytes: ArrayBuffer): Wave {
  const view = new DataView(bytes);
  const word = (at: number) => String.fromCharCode(...new Uint8Array(bytes, at, 4));
  if (bytes.byteLength < 44 || word(0) !== "RIFF" || word(8) !== "WAVE") throw new Error("this is no WAV");
  let count = 0;
  let rate = 0;
  let bits = 0;
  let float = false;
  for (let at = 12; at + 8 <= bytes.byteLength; ) {
    const size = view.getUint32(at + 4, true);
    const start = at + 8;
    if (word(at) === "fmt ") {
      float = view.getUint16(start, true) === 3;
      count = view.getUint16(start + 2, true);
      rate = view.getUint32(start + 4, true);
      bits = view.getUint16(start + 14, true);
    } else if (word(at) === "data") {
      return samples(view, start, Math.min(size, bytes.byteLength - start), count, rate, bits, float);
    }
    at = start + size + (size % 2);
  }
  throw new Error("this WAV holds no samples");
}

function samples(
  view: DataView, start: number, size: number, count: number, rate: number, bits: number, float: boolean,
): Wave {
  const width = bits / 8;
  const read: Record<number, (at: number) => number> = {
    2: (at) => view.getInt16(at, true) / 2 ** 15,
    3: (at) => (view.getUint16(at, true) + view.getInt8(at + 2) * 65_536) / 2 ** 23,
    4: (at) => view.getFloat32(at, true),
  };
  const value = read[width];
  if (!value || (width === 4) !== float || !count) throw new Error(`a WAV of ${bits} bits is not drawn here`);
  const frames = Math.floor(size / (width * count));
  const channels = Array.from({ length: count }, () => new Float32Array(frames));
  for (let i = 0, at = start; i < frames; i++)
    for (let channel = 0; channel < count; channel++, at += width) channels[channel][i] = value(at);
  const mono = new Float32Array(frames);
  for (const channel of channels) for (let i = 0; i < frames; i++) mono[i] += channel[i] / count;
  return { rate, channels, mono };
}
