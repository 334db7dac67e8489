/** The instrument as the daemon tells it: what every part of the page shows, and the verbs that they send. */

import { PREFIX, type Argument } from "../generated";
import { Link } from "../osc/link";
import { notices } from "./notices.svelte";
import { readTable, type Control } from "./table";

export const PADS = 16;
const TOO_MANY = "more panels are open than driftkit tells of changes; close one and reload this one";
const SNAPSHOT = "snapshot";
const ASK_MS = 1000; // between two looks at the status, of all the panels together

/** What a pad holds; the stamp is "" where it is empty. */
export interface Held {
  stamp: string;
  before: string;
  label: string;
  confidence: number;
  seed: number;
  undos: number;
  redos: number;
  file: string;
}

export interface Status {
  state: string;
  queued: number;
  rendering: number;
  model: string;
  device: string;
  audio: string;
  xruns: number;
  kit: string;
  engine: string;
  load: number;
  latency_ms: number;
  midi: string[];
}

const EMPTY: Held = { stamp: "", before: "", label: "", confidence: 0, seed: -1, undos: 0, redos: 0, file: "" };
const NOTHING: Status = {
  state: "", queued: 0, rendering: 0, model: "", device: "", audio: "", xruns: 0, kit: "",
  engine: "", load: 0, latency_ms: 0, midi: [],
};

class Daemon {
  /** Is it there now, and was it ever? */
  online = $state(false);
  met = $state(false);
  /** Is what is shown complete: the table, and every control? */
  ready = $state(false);
  table = $state.raw(new Map<string, Control>());
  selected = $state(1);
  values = $state<Record<string, Argument>[]>(Array.from({ length: PADS + 1 }, () => ({})));
  held = $state<Held[]>(Array.from({ length: PADS + 1 }, () => ({ ...EMPTY })));
  /** Of renders under way, 0..1; null of a pad that has none. */
  progress = $state<(number | null)[]>(Array(PADS + 1).fill(null));
  status = $state<Status>({ ...NOTHING });
  kits = $state<string[]>([]);
  models = $state<string[]>([]);
  /** How far its clock is ahead of the browser's, in seconds. */
  ahead_s = 0;
  /** Called where a pad was played by anybody. */
  onplayed = new Set<(pad: number, velocity: number) => void>();

  private heardStatus = 0;
  private asked = new Map<number, number>(); // clock questions: token, when
  private nearest = Infinity;
  /** Where the daemon's disk has its live folder and its takes; "" until a pad has a sound. */
  folder = "";

  readonly link = new Link({
    open: () => void this.opened(),
    close: () => {
      this.online = this.ready = false;
      this.progress.fill(null);
      this.status.midi = [];
    },
    changed: () => void this.reshape(),
    other: (name, args) => this.control(name, args),
  });

  constructor() {
    const { link } = this;
    link.on("pong", (token) => {
      if (token === SNAPSHOT) this.ready = true;
    });
    link.on("fail", (command, sentence) => this.failed(command, sentence));
    link.on("holds", (pad, ...rest) => this.holds(pad, ...rest));
    link.on("queued", (_, pad) => (this.progress[pad] ??= 0));
    link.on("slot", (_, path) => this.lies(path));
    link.on("sound", (id, pad, path) => {
      this.ended(id, pad);
      this.lies(path);
    });
    link.on("cancelled", (id, pad) => this.ended(id, pad));
    link.on("progress", (id, fraction) => {
      const pad = this.running.get(id);
      if (pad) this.progress[pad] = fraction;
    });
    link.on("queued", (id, pad) => this.running.set(id, pad));
    link.on("played", (pad, velocity) => this.onplayed.forEach((tell) => tell(pad, velocity)));
    link.on("status.reply", (state, queued, rendering, _d, _f, model, device, audio, xruns, _b, kit) => {
      this.heardStatus = performance.now();
      Object.assign(this.status, { state, queued, rendering, model, device, audio, xruns, kit });
      if (state === "ready" && !queued) this.progress.fill(null); // whatever was missed
    });
    link.on("health.reply", (engine, load, latency_ms) => Object.assign(this.status, { engine, load, latency_ms }));
    link.on("midi/input", (index, _, name) => (this.inputs[index] = name));
    link.on("midi/status.reply", (_n, _c, _p, _l, count) => (this.status.midi = this.inputs.slice(0, count)));
    link.on("preset", (index, total, name) => (this.kits = put(this.kits, index, total, name)));
    link.on("model", (index, total, name) => (this.models = put(this.models, index, total, name)));
    link.on("clock.reply", (token, seconds, microseconds) => this.clock(Number(token), seconds + microseconds / 1e6));
    link.on("done", (command, ...more) => {
      if (command === `${PREFIX}/notify` && more[0] === 0) notices.fail("panel", TOO_MANY);
      if (command === `${PREFIX}/preset/save`) link.send("preset/list");
      if (command.startsWith(`${PREFIX}/preset/`) || command === `${PREFIX}/model/load`) link.send("status");
    });
    setInterval(() => this.look(), ASK_MS / 2);
    link.connect();
  }

  private running = new Map<Argument, number>();
  private inputs: string[] = [];

  // -- what is shown ------------------------------------------------------------------------------------

  value(name: string, pad = this.selected): Argument {
    return this.values[pad][name] ?? "";
  }

  number(name: string, pad = this.selected): number {
    return Number(this.values[pad][name] ?? 0);
  }

  /** A pad's name as it is set, or the class that it is most made of. */
  name(pad: number): string {
    return String(this.values[pad].name || this.mainClass(pad) || `pad ${pad}`);
  }

  get classes(): string[] {
    return [...this.table.values()].filter((row) => row.class).map((row) => row.name);
  }

  /** The class of the greatest weight, "" where all are 0. */
  mainClass(pad: number): string {
    let best = "";
    for (const name of this.classes) if (this.number(name, pad) > this.number(best, pad)) best = name;
    return best;
  }

  // -- verbs --------------------------------------------------------------------------------------------

  set(name: string, value: Argument, pad = this.selected): void {
    this.values[pad][name] = value;
    this.link.set(pad, name, value);
  }

  select(pad: number): void {
    if (this.selected === pad) return;
    this.selected = pad;
    this.link.send("select", pad);
  }

  render(pad: number): void {
    this.progress[pad] ??= 0;
    this.link.send("render", pad);
  }

  // -- what the daemon says -----------------------------------------------------------------------------

  private async opened(): Promise<void> {
    this.running.clear();
    this.nearest = Infinity;
    if (!(await this.reshape())) return;
    for (const address of ["select", "preset/load", "model/load"]) this.link.listen(address);
    this.link.send("notify", 1);
    this.link.send("sounds");
    this.link.send("slot/list");
    this.link.send("ping", SNAPSHOT); // its answer waits behind the snapshot
    this.link.send("preset/list");
    this.link.send("model/list");
    this.heardStatus = 0;
    this.online = this.met = true;
    this.look();
  }

  private async reshape(): Promise<boolean> {
    try {
      this.table = await readTable();
      return true;
    } catch (reason) {
      notices.fail("panel", `the table of controls did not come: ${String(reason)}; reload the page`);
      return false;
    }
  }

  private control(name: string, args: Argument[]): void {
    const [first, pad, control] = name.split("/");
    if (first === "pad" && control) {
      this.values[Number(pad)][control] = args[0];
    } else if (name === "select") this.selected = Number(args[0]);
    else if (name === "preset/load") this.status.kit = String(args[0]);
    else if (name === "model/load") this.status.model = String(args[0]);
  }

  private holds(pad: number, stamp: string, label: string, confidence: number, seed: number, undos: number, redos: number, file: string): void {
    const one = this.held[pad];
    const before = one.stamp && one.stamp !== stamp ? one.stamp : one.before;
    this.held[pad] = { stamp, before, label, confidence, seed, undos, redos, file };
  }

  private lies(slot: string): void {
    this.folder = slot.split(/[\\/]/).slice(0, -2).join("/");
  }

  private ended(id: Argument, pad: number): void {
    this.running.delete(id);
    if (![...this.running.values()].includes(pad)) this.progress[pad] = null;
  }

  private failed(command: string, sentence: string): void {
    const name = command.replace(`${PREFIX}/`, "");
    const [first, pad, control] = name.split("/");
    if (first === "pad" && control) this.link.ask(Number(pad), control); // what it is after all
    if (name === "render") this.link.send("status");
    notices.fail(name, sentence);
  }

  private look(): void {
    if (!this.online || performance.now() - this.heardStatus < ASK_MS) return;
    this.heardStatus = performance.now();
    this.link.send("status");
    this.link.send("health");
    this.link.send("midi/status");
    this.link.send("link/session");
    const token = Math.floor(Math.random() * 2 ** 30);
    this.asked.set(token, performance.now());
    this.link.send("clock", token);
  }

  /** The daemon's clock lies within half a round trip of the middle of the question; the shortest one tells best. */
  private clock(token: number, theirs: number): void {
    const sent = this.asked.get(token);
    if (sent === undefined) return;
    this.asked.clear();
    const now = performance.now();
    this.nearest *= 1.05; // clocks drift
    if (now - sent > this.nearest) return;
    this.nearest = now - sent;
    this.ahead_s = theirs - (performance.timeOrigin + (sent + now) / 2) / 1000;
  }

  /** The daemon's time, in seconds since 1970, at a moment of `performance.now()`. */
  timeAt(moment: number): number {
    return (performance.timeOrigin + moment) / 1000 + this.ahead_s;
  }

  /** The moment of `performance.now()` at a time of the daemon. */
  momentOf(time_s: number): number {
    return (time_s - this.ahead_s) * 1000 - performance.timeOrigin;
  }
}

function put(list: string[], index: number, total: number, name: string): string[] {
  const next = list.slice(0, total);
  next[index] = name;
  return next;
}

export const daemon = new Daemon();
