/** The controls of the model that is in: what OSCQuery tells of a pad, and what the generated table adds. */

import { CONTROLS, PREFIX, type Argument } from "../generated";

export interface Control {
  name: string;
  kind: "float" | "int" | "choice" | "text";
  lo: number;
  hi: number;
  curve: string;
  unit: string;
  choices: string[];
  doc: string;
  render: boolean;
  /** Its own value, where that is not the model's to say. */
  reset: Argument | null;
  /** The weight of a class. */
  class: boolean;
}

interface Node {
  TYPE: string;
  DESCRIPTION: string;
  TAGS: string[];
  RANGE?: [{ MIN?: number; MAX?: number; VALS?: string[] }];
}

/** Ask for the table. */
export async function readTable(): Promise<Map<string, Control>> {
  const answer = await fetch(`${PREFIX}/pad/1`);
  if (!answer.ok) throw new Error(await answer.text());
  const { CONTENTS } = (await answer.json()) as { CONTENTS: Record<string, Node> };
  return new Map(Object.entries(CONTENTS).map(([name, node]) => [name, control(name, node)]));
}

function control(name: string, { TYPE, DESCRIPTION, TAGS, RANGE }: Node): Control {
  const [range] = RANGE ?? [{}];
  const known = CONTROLS[name as keyof typeof CONTROLS] as { curve: string; default: Argument | null; unit: string } | undefined;
  return {
    name,
    kind: range.VALS ? "choice" : TYPE === "f" ? "float" : TYPE === "i" ? "int" : "text",
    lo: range.MIN ?? 0,
    hi: range.MAX ?? 1,
    curve: known?.curve ?? "linear",
    unit: known?.unit ?? "",
    choices: range.VALS ?? [],
    doc: DESCRIPTION,
    render: TAGS.includes("render"),
    reset: known ? known.default : 0,
    class: !known,
  };
}

/** The knob's place 0..1 of a value, as the daemon has it. */
export function toKnob({ lo, hi, curve }: Control, value: number): number {
  if (hi === lo) return 0;
  return curve === "log" ? Math.log(value / lo) / Math.log(hi / lo) : (value - lo) / (hi - lo);
}

/** The value at a knob's place. */
export function fromKnob({ lo, hi, curve, kind }: Control, knob: number): number {
  const value = curve === "log" ? lo * (hi / lo) ** knob : lo + (hi - lo) * knob;
  return kind === "int" ? Math.round(value) : value;
}

/** A number as it is read: two to three digits that count. */
export function shown(value: number, unit = ""): string {
  const size = Math.abs(value);
  const digits = Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return value.toFixed(digits) + ({ "": "", semitones: " st" }[unit] ?? ` ${unit}`);
}

/** `inpaint_start_ms` as a person reads it. */
export function title(name: string): string {
  const words = name.replace(/_(ms|db|semitones)$/, "").replaceAll("_", " ");
  return words[0].toUpperCase() + words.slice(1);
}
