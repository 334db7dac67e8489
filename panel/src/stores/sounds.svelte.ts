/** The samples of Sounds, fetched and read once each, by their stamps. */

import { readWav, type Wave } from "../audio/wav";
import { daemon } from "./daemon.svelte";

const MOST = 96;

class Sounds {
  /** A wave by its stamp; what is on its way is not there yet. */
  waves = $state.raw<ReadonlyMap<string, Wave>>(new Map());
  private coming = new Set<string>();

  of(stamp: string): Wave | undefined {
    return this.waves.get(stamp);
  }

  /** The wave of what a pad holds now. */
  ofPad(pad: number): Wave | undefined {
    return this.of(daemon.held[pad].stamp);
  }

  /** Have what a pad holds fetched, where it is not there. */
  async fetch(pad: number, stamp: string): Promise<void> {
    if (!stamp || this.waves.has(stamp) || this.coming.has(stamp)) return;
    this.coming.add(stamp);
    try {
      const answer = await fetch(`/sounds/${String(pad).padStart(2, "0")}.wav?${stamp}`);
      if (answer.ok) this.keep(stamp, readWav(await answer.arrayBuffer()));
    } catch {
      // the daemon has gone; it tells again what its pads hold when it is back
    } finally {
      this.coming.delete(stamp);
    }
  }

  private keep(stamp: string, wave: Wave): void {
    const next = new Map(this.waves).set(stamp, wave);
    const used = new Set(daemon.held.flatMap((one) => [one.stamp, one.before]));
    for (const old of next.keys()) if (next.size > MOST && !used.has(old)) next.delete(old);
    this.waves = next;
  }
}

export const sounds = new Sounds();
