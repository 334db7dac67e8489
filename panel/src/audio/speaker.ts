/** Playing in the browser, for when the daemon has no sound or stands elsewhere: each Sound is decoded once. */

import type { Wave } from "./wav";

/** How a pad is played, as its player controls say. */
export interface Voice {
  gain_db: number;
  pan: number;
  pitch_semitones: number;
  decay_ms: number;
  choke: number;
  velocity_curve: string;
}

const FADE_S = 0.005;
const QUIET_DB = -60; // to which a decay has fallen after its time

interface Sounding {
  source: AudioBufferSourceNode;
  level: GainNode;
  group: number;
}

export class BrowserSpeaker {
  private context: AudioContext | null = null;
  private buffers = new WeakMap<Wave, AudioBuffer>();
  private sounding = new Set<Sounding>();

  /** Whether there is Web Audio here. */
  static get possible(): boolean {
    return typeof AudioContext !== "undefined";
  }

  /** Seconds of the context's clock now; 0 before anything was played. */
  get now(): number {
    return this.context?.currentTime ?? 0;
  }

  /** Open the device; browsers allow that only in answer to a click or key. */
  wake(): boolean {
    if (!BrowserSpeaker.possible) return false;
    this.context ??= new AudioContext({ latencyHint: "interactive" });
    if (this.context.state === "suspended") void this.context.resume();
    return true;
  }

  /** Play a wave, at once or so many seconds from now. */
  play(wave: Wave, voice: Voice, velocity: number, after_s = 0): void {
    if (!this.wake()) return;
    const context = this.context!;
    const at = context.currentTime + after_s;
    const source = new AudioBufferSourceNode(context, { buffer: this.buffer(wave) });
    source.playbackRate.value = 2 ** (voice.pitch_semitones / 12);
    const amplitude = { linear: velocity, square: velocity ** 2, fixed: 1 }[voice.velocity_curve] ?? velocity;
    const level = new GainNode(context, { gain: amplitude * 10 ** (voice.gain_db / 20) });
    if (voice.decay_ms)
      level.gain.setTargetAtTime(0, at, (voice.decay_ms / 1000) * (20 / Math.LN10 / -QUIET_DB));
    const pan = new StereoPannerNode(context, { pan: voice.pan });
    source.connect(level).connect(pan).connect(context.destination);
    if (voice.choke) for (const one of this.sounding) if (one.group === voice.choke) this.end(one, at);
    const one = { source, level, group: voice.choke };
    this.sounding.add(one);
    source.onended = () => this.sounding.delete(one);
    source.start(at);
  }

  /** Fade everything out. */
  stop(): void {
    for (const one of this.sounding) this.end(one, this.now);
  }

  private end({ source, level }: Sounding, at: number): void {
    level.gain.setTargetAtTime(0, at, FADE_S / 3);
    source.stop(at + FADE_S);
  }

  private buffer(wave: Wave): AudioBuffer {
    let buffer = this.buffers.get(wave);
    if (!buffer) {
      buffer = this.context!.createBuffer(wave.channels.length, wave.mono.length, wave.rate);
      wave.channels.forEach((samples, channel) => buffer!.copyToChannel(samples, channel));
      this.buffers.set(wave, buffer);
    }
    return buffer;
  }
}
