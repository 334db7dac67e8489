/** Dragging a sound out of the page: browsers made of Chromium put the file where it is let go, others the address. */

import { daemon } from "./daemon.svelte";

/** Where a pad's sound is; another sound has another address. */
export function addressOf(pad: number): string {
  return `/sounds/${String(pad).padStart(2, "0")}.wav?${daemon.held[pad].stamp}`;
}

/** What a pad's sound is called as a file. */
export function fileOf(pad: number): string {
  const plain = daemon.name(pad).replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return `${plain.slice(0, 32) || "hit"}_s${daemon.held[pad].seed}.wav`;
}

export function carry(event: DragEvent, pad: number): void {
  const address = new URL(addressOf(pad), location.href).href;
  event.dataTransfer?.setData("DownloadURL", `audio/wav:${fileOf(pad)}:${address}`);
  event.dataTransfer?.setData("text/uri-list", address);
}
