/** A colour for each class: drums apart, hats green, metal yellow; told apart by people who see fewer colours, too. */

const COLOURS: Record<string, string> = {
  kick: "#e4633a", snare: "#4aa8e8", cymbal: "#e6cf45", hihat_closed: "#17a884", hihat_open: "#83d9b8",
  crash: "#f0a52b", ride: "#b98a24", tom: "#e08aa6", clap: "#c35bc4", rim: "#8f9db3", conga: "#a98a70", shaker: "#8cb955",
  block: "#d3a06c",
};
const OTHERS = ["#4aa8e8", "#e4633a", "#17a884", "#f0a52b", "#c35bc4", "#8f9db3", "#e6cf45", "#a98a70"];
const NONE = "#85878f";

export function colour(name: string): string {
  if (!name) return NONE;
  const sum = [...name].reduce((total, letter) => total * 31 + letter.charCodeAt(0), 7);
  return COLOURS[name] ?? OTHERS[Math.abs(sum) % OTHERS.length];
}
