// Made from the daemon's tables by `driftkit controls --typescript`; `make check` compares.

export const PREFIX = "/driftkit";
export type Argument = number | string;

/** How a control's knob goes, what it is called without a model, and its own value. */
export const CONTROLS = {
  task: {"kind": "choice", "curve": "linear", "default": "generate", "unit": ""},
  guidance: {"kind": "float", "curve": "linear", "default": 1.0, "unit": ""},
  guidance_weight: {"kind": "choice", "curve": "linear", "default": "bayes", "unit": ""},
  variation: {"kind": "float", "curve": "linear", "default": 0.5, "unit": ""},
  interpolation: {"kind": "float", "curve": "linear", "default": 0.5, "unit": ""},
  interpolation_t: {"kind": "float", "curve": "linear", "default": 1.0, "unit": ""},
  interpolation_latent: {"kind": "choice", "curve": "linear", "default": "ode", "unit": ""},
  inpaint_start_ms: {"kind": "float", "curve": "linear", "default": 0.0, "unit": "ms"},
  inpaint_end_ms: {"kind": "float", "curve": "linear", "default": null, "unit": "ms"},
  resampling: {"kind": "int", "curve": "linear", "default": 1, "unit": ""},
  steps: {"kind": "int", "curve": "log", "default": null, "unit": ""},
  stochasticity: {"kind": "float", "curve": "linear", "default": null, "unit": ""},
  quality: {"kind": "choice", "curve": "linear", "default": "live", "unit": ""},
  solver: {"kind": "choice", "curve": "linear", "default": "auto", "unit": ""},
  spacing: {"kind": "choice", "curve": "linear", "default": "auto", "unit": ""},
  seed: {"kind": "int", "curve": "linear", "default": -1, "unit": ""},
  source_a: {"kind": "text", "curve": "linear", "default": "", "unit": ""},
  source_b: {"kind": "text", "curve": "linear", "default": "", "unit": ""},
  length_ms: {"kind": "float", "curve": "linear", "default": null, "unit": "ms"},
  gain_db: {"kind": "float", "curve": "linear", "default": 0.0, "unit": "dB"},
  pan: {"kind": "float", "curve": "linear", "default": 0.0, "unit": ""},
  pitch_semitones: {"kind": "float", "curve": "linear", "default": 0.0, "unit": "semitones"},
  decay_ms: {"kind": "float", "curve": "linear", "default": 0.0, "unit": "ms"},
  choke: {"kind": "int", "curve": "linear", "default": 0, "unit": ""},
  velocity_curve: {"kind": "choice", "curve": "linear", "default": "square", "unit": ""},
  audition: {"kind": "int", "curve": "linear", "default": 0, "unit": ""},
  name: {"kind": "text", "curve": "linear", "default": "", "unit": ""},
  note: {"kind": "int", "curve": "linear", "default": null, "unit": ""},
  lock_seed: {"kind": "int", "curve": "linear", "default": 0, "unit": ""},
  auto_render: {"kind": "choice", "curve": "linear", "default": "off", "unit": ""},
  effects: {"kind": "text", "curve": "linear", "default": "", "unit": ""},
  output: {"kind": "int", "curve": "linear", "default": 0, "unit": ""},
} as const;

export type ControlName = keyof typeof CONTROLS;

/** The arguments of every command. */
export interface Commands {
  "ping": [token?: Argument];
  "version": [];
  "status": [];
  "traffic": [];
  "health": [];
  "clock": [token?: Argument];
  "link/session": [on?: number];
  "link/tempo": [bpm: number];
  "sounds": [];
  "notify": [wanted?: number, port?: number, ttl_s?: number];
  "select": [pad: number];
  "play": [pad: number, velocity?: number];
  "stop": [pad?: number];
  "render": [pad?: number, id?: Argument];
  "cancel": [id?: Argument];
  "undo": [pad: number];
  "redo": [pad: number];
  "slot/list": [pad?: number];
  "recall": [pad: number, path: string];
  "take/list": [count?: number];
  "take/star": [file: string, star: number];
  "take/delete": [file: string];
  "preset/load": [name: string];
  "preset/save": [name: string];
  "preset/list": [];
  "preset/next": [];
  "preset/previous": [];
  "model/load": [name: string];
  "model/list": [];
  "learn": [target?: string];
  "forget": [target: string];
  "midi/status": [];
  "sync": [n: number];
}

/** The arguments of everything that driftkit says, but for controls. */
export interface Answers {
  "done": [command: string, ...more: Argument[]];
  "fail": [command: string, sentence: string, ...more: Argument[]];
  "pong": [token: Argument];
  "version.reply": [name: string, major: number, minor: number, patch: number, commit: string];
  "status.reply": [state: string, queued: number, rendering: number, done: number, failed: number, model: string, device: string, audio: string, xruns: number, bad_packets: number, kit: string, http_port: number];
  "traffic.reply": [packets: number, bad: number, waiting: number];
  "health.reply": [engine: string, load: number, latency_ms: number];
  "clock.reply": [token: Argument, seconds: number, microseconds: number];
  "link/session.reply": [on: number, peers: number, tempo: number, phase: number, seconds: number, microseconds: number];
  "holds": [pad: number, stamp: string, label: string, confidence: number, seed: number, undos: number, redos: number, file: string];
  "played": [pad: number, velocity: number];
  "queued": [id: Argument, pad: number];
  "progress": [id: Argument, fraction: number];
  "sound": [id: Argument, pad: number, path: string, seed: number, ms: number, label: string, confidence: number];
  "cancelled": [id: Argument, pad: number, reason: string];
  "slot": [pad: number, path: string, name: string];
  "take": [index: number, total: number, file: string, name: string, seed: number, star: number];
  "preset": [index: number, total: number, name: string];
  "model": [index: number, total: number, name: string];
  "midi/input": [index: number, total: number, name: string];
  "midi/status.reply": [notes: number, controls: number, programs: number, lost: number, inputs: number];
  "synced": [n: number];
}
