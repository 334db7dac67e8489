/** Dragging a sound out of the page.

Chromium on Windows and macOS puts the file where it is let go (`DownloadURL`). Elsewhere a page may give an address
and a text: beside its own daemon it gives a link to the file on the disk, which some DAWs take.
*/

import { daemon } from "./daemon.svelte";

const HERE = /^(localhost|127\.[\d.]+|\[::1\])$/.test(location.hostname);

/** Where a pad's sound is, under the name of its file: desktops that fetch it themselves go by the address. */
export function addressOf(pad: number): string {
  return `/sounds/${String(pad).padStart(2, "0")}/${fileOf(pad)}`;
}

/** What a pad's sound is called as a file. */
export function fileOf(pad: number): string {
  const plain = daemon.name(pad).replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return `${plain.slice(0, 32) || "hit"}_s${daemon.held[pad].seed}.wav`;
}

/** Give what is dragged the sound of a pad. On the disk its take is the one that stays as it is. */
export function carryPad(event: DragEvent, pad: number): void {
  const { file } = daemon.held[pad];
  carry(event, addressOf(pad), file.startsWith("takes/") ? file : `live/${String(pad).padStart(2, "0")}.wav`);
}

/** Give what is dragged a take. */
export function carryTake(event: DragEvent, file: string): void {
  carry(event, `/${file}`, file);
}

/** A sound at a path, whose end is its name, and where it lies below the daemon's folder. */
function carry({ dataTransfer }: DragEvent, path: string, file: string): void {
  if (!dataTransfer) return;
  const address = new URL(path, location.href).href;
  dataTransfer.effectAllowed = "copy";
  dataTransfer.setData("DownloadURL", `audio/wav:${path.split("/").at(-1)}:${address}`);
  dataTransfer.setData("text/uri-list", address);
  const lies = `${daemon.folder}/${file}`;
  if (HERE && lies.startsWith("/")) dataTransfer.setData("text/plain", `file://${lies.split("/").map(encodeURIComponent).join("/")}\r\n`);
}
