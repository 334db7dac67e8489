/** The sequencer: sixteen steps a pad, sent ahead as bundles whose timetags the daemon plays to the sample. */

import { PADS, daemon } from "./daemon.svelte";
import { player } from "./player.svelte";
import { remembered } from "./remembered";
import { Timeline } from "./timeline";

export const STEPS = 16;
const AHEAD_MS = 150;
const PER_BEAT = 4; // steps

const EIGHTHS = Array.from({ length: 8 }, (_, i) => [2 * i, i % 2 ? 0.45 : 0.8] as const);
const FIRST: Record<string, readonly (readonly [step: number, velocity: number])[]> = {
  kick: [[0, 1], [7, 0.66], [10, 0.9]], snare: [[4, 1], [12, 1]], hihat_closed: EIGHTHS,
};

type Row = number[]; // the velocity of each step, 0 where it is silent

class Beat {
  rows = $state<Row[]>(Array.from({ length: PADS + 1 }, () => Array(STEPS).fill(0)));
  tempo = $state(112);
  /** Of every second sixteenth, how much it is late, 0..0.75 of a step. */
  swing = $state(0);
  playing = $state(false);
  /** The step that sounds now, -1 while nothing does. */
  step = $state(-1);
  private ticker = new Worker(new URL("./ticker.ts", import.meta.url), { type: "module" });
  /** Is the tempo that of Ableton Link, and with how many others? */
  linked = $state(false);
  peers = $state(0);
  private next = 0; // the step to send next, counted from the first beat of the timeline
  private line = new Timeline(0, 0, 112);

  constructor() {
    daemon.link.on("link/session.reply", (on, peers, tempo, phase, seconds, microseconds) => {
      this.linked = on > 0;
      this.peers = peers;
      if (!on) return;
      this.line = this.line.kept(daemon.momentOf(seconds + microseconds / 1e6), phase, tempo);
      this.tempo = Math.round(tempo * 100) / 100;
    });
    this.ticker.onmessage = () => this.playing && this.send();
    try {
      const kept = JSON.parse(remembered("beat", "{}")) as Partial<{ rows: Row[]; tempo: number; swing: number }>;
      if (kept.rows?.length === PADS + 1 && kept.rows.every((row) => row.length === STEPS)) this.rows = kept.rows;
      this.tempo = kept.tempo ?? this.tempo;
      this.swing = kept.swing ?? this.swing;
    } catch {
      // what was kept is of another version
    }
  }

  /** A first beat of the kit's own kick, snare and hat, for who has none yet. */
  begin(): void {
    if (remembered("beat", "") || this.rows.some((row) => row.some(Boolean))) return;
    for (const [name, steps] of Object.entries(FIRST)) {
      const pad = Array.from({ length: PADS }, (_, i) => i + 1).find((one) => daemon.mainClass(one) === name);
      if (pad) for (const [step, velocity] of steps) this.rows[pad][step] = velocity;
    }
  }

  keep(): void {
    remembered("beat", JSON.stringify({ rows: this.rows, tempo: this.tempo, swing: this.swing }), true);
  }

  set(pad: number, step: number, velocity: number): void {
    this.rows[pad][step] = velocity;
    this.keep();
  }

  clear(): void {
    for (const row of this.rows) row.fill(0);
    this.keep();
  }

  setTempo(tempo: number): void {
    this.tempo = tempo;
    if (this.linked) daemon.link.send("link/tempo", tempo);
    else this.line = this.line.turned(performance.now(), tempo);
  }

  toggleLink(): void {
    daemon.link.send("link/session", this.linked ? 0 : 1);
  }

  toggle(): void {
    if (this.playing) this.stop();
    else this.start();
  }

  start(): void {
    this.playing = true;
    const soon = performance.now() + AHEAD_MS;
    if (!this.linked) this.line = new Timeline(soon, 0, this.tempo);
    this.next = Math.ceil(this.line.beatAt(soon) / 4 - 1e-9) * STEPS; // with others, at their next bar
    this.ticker.postMessage(true);
    this.send();
  }

  stop(): void {
    this.ticker.postMessage(false);
    this.playing = false;
    this.step = -1;
    player.stop();
  }

  /** Send what is due within the next moments. */
  private send(): void {
    const length = 60_000 / this.line.tempo / PER_BEAT;
    const now = performance.now();
    const due = Math.ceil(this.line.beatAt(now) * PER_BEAT);
    if (due > this.next + 1) this.next = due; // a page that slept goes on, and does not catch up
    for (;; this.next++) {
      const moment = this.line.momentOf(this.next / PER_BEAT);
      if (moment >= now + AHEAD_MS) break;
      const step = ((this.next % STEPS) + STEPS) % STEPS;
      const at = moment + (step % 2 ? this.swing * length : 0);
      const hits: [number, number][] = [];
      for (let pad = 1; pad <= PADS; pad++) {
        const velocity = this.rows[pad][step];
        if (velocity && daemon.held[pad].stamp) hits.push([pad, velocity]);
      }
      if (hits.length) player.playAt(at, hits);
      setTimeout(() => this.playing && (this.step = step), at - now);
    }
  }
}

export const beat = new Beat();
