/** The computer keyboard as drum pads: four rows of four keys, as the pads lie. */

import { beat } from "./beat.svelte";
import { daemon } from "./daemon.svelte";
import { player } from "./player.svelte";

const ROWS = [
  ["KeyZ", "KeyX", "KeyC", "KeyV"],
  ["KeyA", "KeyS", "KeyD", "KeyF"],
  ["KeyQ", "KeyW", "KeyE", "KeyR"],
  ["Digit1", "Digit2", "Digit3", "Digit4"],
];
const PAD = new Map(ROWS.flat().map((code, index) => [code, index + 1]));
const VELOCITY = 0.85;

/** The key of a pad, as it is shown on it. */
export function keyOf(pad: number): string {
  return ROWS.flat()[pad - 1].replace(/Key|Digit/, "");
}

const TYPED = "input:not([type=range], [type=checkbox], [type=radio]), select";
const PRESSED = "button, a, summary, input"; // what Space and Enter are for themselves

function within(target: EventTarget | null, these: string): boolean {
  return target instanceof Element && !!target.closest(these);
}

export function keyboard(event: KeyboardEvent): void {
  if (within(event.target, TYPED)) return;
  const pad = PAD.get(event.code);
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyZ") {
    event.preventDefault();
    daemon.link.send(event.shiftKey ? "redo" : "undo", daemon.selected);
  } else if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  } else if (pad && !event.repeat) {
    daemon.select(pad);
    if (event.shiftKey) daemon.render(pad);
    else player.play(pad, VELOCITY);
  } else if (event.code === "Space" && !within(event.target, PRESSED)) {
    event.preventDefault();
    beat.toggle();
  } else if (event.code === "Enter" && !within(event.target, PRESSED)) {
    daemon.render(daemon.selected);
  } else if (event.code === "Escape") {
    player.stop();
  }
}
