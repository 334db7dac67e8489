/** Playing pads: on the daemon's device, or in this browser. */

import { BrowserSpeaker } from "../audio/speaker";
import { readWav, type Wave } from "../audio/wav";
import { daemon } from "./daemon.svelte";
import { notices } from "./notices.svelte";
import { remembered } from "./remembered";
import { sounds } from "./sounds.svelte";

const FLASH_MS = 140;
type Output = "daemon" | "browser";

class Player {
  wanted = $state<Output>(remembered("output", "daemon") as Output);
  /** How hard each pad was hit just now; 0 when that is over. */
  hits = $state<number[]>(Array(17).fill(0));
  private speaker = new BrowserSpeaker();

  constructor() {
    daemon.onplayed.add((pad, velocity) => this.flash(pad, velocity));
  }

  /** Where it sounds now: a daemon without a device leaves it to the browser. */
  get output(): Output {
    return daemon.online && !daemon.status.audio && BrowserSpeaker.possible ? "browser" : this.wanted;
  }

  choose(output: Output): void {
    this.wanted = output;
    remembered("output", output, true);
  }

  play(pad: number, velocity: number): void {
    this.flash(pad, velocity);
    if (this.output === "daemon") daemon.link.send("play", pad, velocity || 0.001);
    else this.here(pad, velocity);
  }

  /** Play pads together, at a moment of `performance.now()`. */
  playAt(moment: number, hits: [pad: number, velocity: number][]): void {
    if (this.output === "daemon") daemon.link.playAt(daemon.timeAt(moment), hits);
    else for (const [pad, velocity] of hits) this.here(pad, velocity, Math.max(0, moment - performance.now()) / 1000);
    setTimeout(() => hits.forEach(([pad, velocity]) => this.flash(pad, velocity)), moment - performance.now());
  }

  stop(): void {
    daemon.link.send("stop");
    this.speaker.stop();
  }

  /** Play any wave as it is. */
  listen(wave: Wave): void {
    if (!BrowserSpeaker.possible) notices.fail("panel", "this browser has no Web Audio; takes can be saved, not heard here");
    else
      this.speaker.play(wave, { gain_db: 0, pan: 0, pitch_semitones: 0, decay_ms: 0, choke: -1, velocity_curve: "fixed" }, 1);
  }

  async listenTo(file: string): Promise<void> {
    this.speaker.wake();
    try {
      const answer = await fetch(`/${file}`);
      if (!answer.ok) throw new Error((await answer.text()).trim());
      this.listen(readWav(await answer.arrayBuffer()));
    } catch (reason) {
      notices.fail("take", reason instanceof Error ? reason.message : String(reason));
    }
  }

  private here(pad: number, velocity: number, after_s = 0): void {
    const wave = sounds.ofPad(pad);
    if (!BrowserSpeaker.possible) notices.fail("play", "neither the daemon nor this browser has a way to play; start driftkit with --audio");
    else if (!wave) notices.fail("play", `pad ${pad} has no sound yet; render it`);
    else {
      const number = (name: string) => daemon.number(name, pad);
      this.speaker.play(wave, {
        gain_db: number("gain_db"), pan: number("pan"), pitch_semitones: number("pitch_semitones"),
        decay_ms: number("decay_ms"), choke: number("choke"), velocity_curve: String(daemon.value("velocity_curve", pad)),
      }, velocity, after_s);
    }
  }

  private flash(pad: number, velocity: number): void {
    this.hits[pad] = Math.max(velocity, 0.15);
    setTimeout(() => (this.hits[pad] = 0), FLASH_MS);
  }
}

export const player = new Player();
