/** The newest takes, asked for while their list is open. */

import { daemon } from "./daemon.svelte";

export interface Take {
  file: string;
  name: string;
  seed: number;
  star: boolean;
}

const MOST = 200;
const SETTLE_MS = 250;

class Takes {
  list = $state<Take[]>([]);
  private coming: Take[] = [];
  private watching = false;
  private timer = 0;

  constructor() {
    daemon.link.on("take", (index, _, file, name, seed, star) => (this.coming[index] = { file, name, seed, star: !!star }));
    daemon.link.on("done", (command, ...more) => {
      if (command.endsWith("/take/list")) {
        this.list = this.coming.slice(0, Number(more[0])).filter(Boolean);
        this.coming = [];
      } else if (command.includes("/take/")) this.ask();
    });
    daemon.link.on("holds", () => this.ask());
  }

  watch(on: boolean): void {
    this.watching = on;
    if (on) daemon.link.send("take/list", MOST);
  }

  private ask(): void {
    if (!this.watching) return;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => daemon.link.send("take/list", MOST), SETTLE_MS);
  }
}

export const takes = new Takes();
