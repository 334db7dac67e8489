/** MIDI learn: click a control, turn a knob. Also notes from MIDI devices of this browser, where it has Web MIDI. */

import { PREFIX } from "../generated";
import { PADS, daemon } from "./daemon.svelte";
import { notices } from "./notices.svelte";
import { player } from "./player.svelte";
import { title } from "./table";

class Learn {
  /** Is a click on a control meant for MIDI? */
  on = $state(false);
  /** The target that waits for its knob. */
  target = $state("");

  constructor() {
    daemon.link.on("done", (command, ...more) => {
      if (command !== `${PREFIX}/learn` || !more.length) return;
      this.target = "";
      const knob = typeof more[1] === "number" ? `CC ${more[1]}` : more[1];
      notices.say(`${knob} moves ${title(String(more[0]))}`);
    });
    daemon.link.on("fail", (command) => {
      if (command === `${PREFIX}/learn`) this.target = "";
    });
  }

  toggle(): void {
    this.on = !this.on;
    if (!this.on && this.target) daemon.link.send("learn");
    this.target = "";
  }

  ask(target: string): void {
    this.target = target;
    daemon.link.send("learn", target);
  }

  forget(): void {
    if (!this.target) return;
    const { target } = this;
    this.target = "";
    daemon.link.send("forget", target);
  }
}

export const learn = new Learn();

class BrowserMidi {
  on = $state(false);
  private access: MIDIAccess | null = null;

  get possible(): boolean {
    return "requestMIDIAccess" in navigator;
  }

  async toggle(): Promise<void> {
    this.on = !this.on;
    try {
      this.access ??= await navigator.requestMIDIAccess();
    } catch {
      this.on = false;
      notices.fail("midi", "this browser gives no MIDI; connect the keyboard to the machine of the daemon instead");
      return;
    }
    const bind = () => {
      for (const input of this.access!.inputs.values()) input.onmidimessage = this.on ? ({ data }) => data && this.hear(data) : null;
    };
    this.access.onstatechange = bind;
    bind();
  }

  private hear([kind, note, velocity]: Uint8Array): void {
    if ((kind & 0xf0) !== 0x90 || !velocity) return;
    for (let pad = 1; pad <= PADS; pad++) {
      if (daemon.number("note", pad) === note) return player.play(pad, velocity / 127);
    }
  }
}

export const midi = new BrowserMidi();
