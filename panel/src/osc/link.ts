/** The connection with the daemon: OSC over one WebSocket, which comes back by itself. */

import { PREFIX, type Answers, type Argument, type Commands } from "../generated";
import { bundle, decode, encode, type Message } from "./packet";

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 3000;
const FRAME_MS = 12;
const QUIET_MS = 5000; // nothing heard for so long: a ping asks whether the daemon is still there
const LOST_MS = 15_000;
const MOST_BUFFERED = 1 << 20; // bytes that wait in the browser before knobs wait, too

type Hear = (name: string, args: Argument[]) => void;
type Heard<N extends keyof Answers> = (...args: Answers[N]) => void;

export interface Events {
  open(): void;
  close(): void;
  /** A text frame: the shape of the tree has changed. */
  changed(): void;
  /** Whatever no listener of `on` is for: controls. */
  other: Hear;
}

export class Link {
  private socket: WebSocket | null = null;
  private wait = FIRST_WAIT_MS;
  private heard = 0;
  private moved = new Map<string, Argument>();
  private listeners = new Map<string, Set<(...args: never[]) => void>>();

  constructor(private events: Events) {
    setInterval(() => this.watch(), 1000);
    window.addEventListener("online", () => this.connect());
    document.addEventListener("visibilitychange", () => document.hidden || this.connect());
  }

  get open(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  connect(): void {
    if (this.socket && this.socket.readyState <= WebSocket.OPEN) return;
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/`);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.onopen = () => {
      this.wait = FIRST_WAIT_MS;
      this.heard = performance.now();
      this.events.open();
    };
    socket.onmessage = ({ data }) => this.receive(data);
    socket.onclose = () => this.lost(socket);
  }

  private lost(socket: WebSocket): void {
    if (this.socket !== socket) return;
    this.socket = null;
    socket.close();
    this.events.close();
    setTimeout(() => this.connect(), this.wait);
    this.wait = Math.min(this.wait * 1.6, LONGEST_WAIT_MS);
  }

  /** Hear one kind of answer; what is returned ends that. */
  on<N extends keyof Answers>(name: N, hear: Heard<N>): () => void {
    const all = this.listeners.get(name) ?? new Set();
    const any = hear as unknown as (...args: never[]) => void;
    this.listeners.set(name, all.add(any));
    return () => all.delete(any);
  }

  /** Give a command, after the controls that were moved before it. */
  send<N extends keyof Commands>(name: N, ...args: Commands[N]): void {
    if (name !== "play") this.flush();
    this.put(encode(`${PREFIX}/${name}`, args as Argument[]));
  }

  /** Move a control, at the next frame: of what a drag brings in between, the last value counts and is never lost. */
  set(pad: number, control: string, value: Argument): void {
    if (!this.moved.size) setTimeout(() => this.flush(), FRAME_MS);
    this.moved.set(`pad/${pad}/${control}`, value);
  }

  /** Ask for a control's value: it comes as a change does. */
  ask(pad: number, control: string): void {
    this.put(encode(`${PREFIX}/pad/${pad}/${control}`));
  }

  private flush(): void {
    for (const [address, value] of this.moved) {
      if (this.open && this.socket!.bufferedAmount > MOST_BUFFERED) return void setTimeout(() => this.flush(), FRAME_MS);
      this.moved.delete(address);
      this.put(encode(`${PREFIX}/${address}`, [value]));
    }
  }

  /** Plays that are to happen at a time of the daemon's, in seconds since 1970. */
  playAt(seconds: number, hits: Commands["play"][]): void {
    this.put(bundle(seconds, hits.map((hit) => encode(`${PREFIX}/play`, hit as Argument[]))));
  }

  /** Have the value of an address sent whenever it changes. */
  listen(address: string): void {
    if (this.open) this.socket!.send(JSON.stringify({ COMMAND: "LISTEN", DATA: `${PREFIX}/${address}` }));
  }

  private put(packet: Uint8Array<ArrayBuffer>): void {
    if (this.open) this.socket!.send(packet);
  }

  private receive(data: ArrayBuffer | string): void {
    this.heard = performance.now();
    if (typeof data === "string") return this.events.changed();
    for (const { address, args } of decode(new Uint8Array(data)) as Message[]) {
      const name = address.slice(PREFIX.length + 1);
      const all = this.listeners.get(name);
      if (all) for (const hear of [...all]) hear(...(args as never[]));
      else this.events.other(name, args);
    }
  }

  private watch(): void {
    const quiet = performance.now() - this.heard;
    if (!this.open) return;
    if (quiet > LOST_MS) this.lost(this.socket!);
    else if (quiet > QUIET_MS) this.send("ping");
  }
}
