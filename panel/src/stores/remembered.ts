/** What this browser remembers of its panel: nothing that a sound depends on. */

export function remembered(name: string, value: string, keep = false): string {
  try {
    if (keep) localStorage.setItem(`driftkit.${name}`, value);
    else return localStorage.getItem(`driftkit.${name}`) ?? value;
  } catch {
    // a browser that remembers nothing
  }
  return value;
}
