/** What is drawn of a sound: its peaks, and its spectrogram. */

import type { Wave } from "./wav";

/** The largest absolute value of each of so many equal parts, counted from the largest of all, 0..1. */
export function peaks(wave: Wave, parts: number): Float32Array {
  const found = new Float32Array(parts);
  const step = wave.mono.length / parts;
  for (let part = 0; part < parts; part++) {
    const end = Math.min(wave.mono.length, Math.ceil((part + 1) * step));
    for (let i = Math.floor(part * step); i < end; i++) found[part] = Math.max(found[part], Math.abs(wave.mono[i]));
  }
  const most = found.reduce((a, b) => Math.max(a, b), 1e-4);
  return found.map((level) => level / most);
}

const SIZE = 1024; // samples of a frame: 23 ms, enough to tell 43 Hz apart
const LOW_HZ = 40;
const FLOOR_DB = -78;

/** Levels 0..1 of `columns` moments by `rows` frequencies, low to high on a logarithmic scale; column by column. */
export function spectrogram(wave: Wave, columns: number, rows: number): Float32Array {
  const found = new Float32Array(columns * rows);
  const window = Float32Array.from({ length: SIZE }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / SIZE));
  const top = wave.rate / 2;
  const bins = Array.from({ length: rows + 1 }, (_, row) => (LOW_HZ * (top / LOW_HZ) ** (row / rows) * SIZE) / wave.rate);
  const real = new Float32Array(SIZE);
  const imaginary = new Float32Array(SIZE);
  for (let column = 0; column < columns; column++) {
    const middle = Math.round(((column + 0.5) / columns) * wave.mono.length);
    for (let i = 0; i < SIZE; i++) real[i] = (wave.mono[middle - SIZE / 2 + i] ?? 0) * window[i];
    imaginary.fill(0);
    transform(real, imaginary);
    for (let row = 0; row < rows; row++) {
      const power = strongest(real, imaginary, bins[row], bins[row + 1]);
      const level = 10 * Math.log10(power / (SIZE / 4) ** 2 + 1e-12);
      found[column * rows + row] = Math.min(1, Math.max(0, 1 - level / FLOOR_DB));
    }
  }
  return found;
}

/** The power of the strongest bin from one place to another, or between two bins where neither lies there. */
function strongest(real: Float32Array, imaginary: Float32Array, from: number, to: number): number {
  const power = (bin: number) => real[bin] ** 2 + imaginary[bin] ** 2;
  const first = Math.floor(from);
  if (to - from < 1) return power(first) * (first + 1 - from) + power(first + 1) * (from - first);
  let most = 0;
  for (let bin = first; bin < to; bin++) most = Math.max(most, power(bin));
  return most;
}

/** The Fourier transform in place, radix 2. */
function transform(real: Float32Array, imaginary: Float32Array): void {
  const size = real.length;
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) [real[i], real[j]] = [real[j], real[i]];
  }
  for (let half = 1; half < size; half *= 2) {
    for (let k = 0; k < half; k++) {
      const angle = (-Math.PI * k) / half;
      const cos = Math.cos(angle);
      const sin = Math.sin(angle);
      for (let i = k; i < size; i += 2 * half) {
        const j = i + half;
        const a = real[j] * cos - imaginary[j] * sin;
        const b = real[j] * sin + imaginary[j] * cos;
        real[j] = real[i] - a;
        imaginary[j] = imaginary[i] - b;
        real[i] += a;
        imaginary[i] += b;
      }
    }
  }
}
