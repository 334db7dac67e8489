/** Sound files that are dropped: one goes to the daemon over a WebSocket of its own, and becomes source A of a pad.

`data-drop` says of an element which pad takes what is dropped on it; elsewhere the pointer shows that nothing does. */

import { daemon } from "./daemon.svelte";
import { notices } from "./notices.svelte";

const MOST_BYTES = 24 * 1000 * 1000; // more is refused by the daemon too; here before a byte is read
const CHUNK = 48 * 1024;
const MOST_BUFFERED = 1 << 20;

class Drop {
  /** The pad that would take what is dragged now, 0 where none would. */
  pad = $state(0);
}

export const drop = new Drop();

function padAt(event: DragEvent): number {
  const place = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-drop]") : null;
  return event.dataTransfer?.types.includes("Files") ? Number(place?.dataset.drop ?? 0) : 0;
}

export function dragged(event: DragEvent): void {
  event.preventDefault();
  drop.pad = padAt(event);
  if (event.dataTransfer) event.dataTransfer.dropEffect = drop.pad ? "copy" : "none"; // a file manager would move it
}

export function left(event: DragEvent): void {
  if (!event.relatedTarget) drop.pad = 0;
}

export function dropped(event: DragEvent): void {
  event.preventDefault();
  drop.pad = 0;
  const pad = padAt(event);
  const files = [...(event.dataTransfer?.files ?? [])];
  if (!pad) return;
  if (files.length === 1) void upload(files[0], pad);
  else notices.fail("drop", `${files.length} files were dropped; a pad takes one: drop a single hit`);
}

async function upload(file: File, pad: number): Promise<void> {
  if (file.size > MOST_BYTES) {
    const megabytes = Math.round(file.size / 1e6).toLocaleString("en");
    notices.fail("drop", `${file.name} has ${megabytes} MB; a source may have at most ${MOST_BYTES / 1e6} MB: drop a single hit`);
    return;
  }
  try {
    const said = await send(file, pad);
    if (said.error) throw new Error(said.error);
    if (daemon.value("task", pad) === "generate") daemon.set("task", "vary", pad);
    daemon.select(pad);
    notices.say(`${file.name} is source A of pad ${pad}`);
  } catch (reason) {
    notices.fail("drop", reason instanceof Error ? reason.message : String(reason));
  }
}

function send(file: File, pad: number): Promise<{ error?: string; source?: string }> {
  return new Promise((resolve, reject) => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/upload/${encodeURIComponent(file.name)}?pad=${pad}`);
    socket.onmessage = ({ data }) => {
      resolve(JSON.parse(String(data)) as { error?: string });
      socket.close();
    };
    socket.onclose = () => reject(new Error(`${file.name} did not arrive; drop it again`));
    socket.onopen = async () => {
      try {
        for (let at = 0; at < file.size; at += CHUNK) {
          while (socket.bufferedAmount > MOST_BUFFERED) await new Promise((go) => setTimeout(go, 5));
          const part = await file.slice(at, at + CHUNK).arrayBuffer();
          if (socket.readyState !== WebSocket.OPEN) return; // the daemon has said why
          socket.send(part);
        }
        socket.send("end");
      } catch {
        reject(new Error(`${file.name} cannot be read`));
        socket.close(); // else the daemon would wait for the rest
      }
    };
  });
}
