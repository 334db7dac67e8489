/** A sound file dropped on a pad: it goes to the daemon over a WebSocket of its own, and becomes the pad's source A. */

import { daemon } from "./daemon.svelte";
import { notices } from "./notices.svelte";

const MOST_BYTES = 24 * 1000 * 1000; // more is refused by the daemon too; here before a byte is read
const CHUNK = 48 * 1024;
const MOST_BUFFERED = 1 << 20;

export async function upload(file: File, pad: number): Promise<void> {
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
    socket.onmessage = ({ data }) => resolve(JSON.parse(String(data)) as { error?: string });
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
      }
    };
  });
}
