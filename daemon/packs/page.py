"""`index.html` of a pack: every sound a button, on a page without anything from elsewhere."""

import html
import json
from collections.abc import Mapping, Sequence
from urllib.parse import quote

HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{name}</title>
<style>
:root {{ color-scheme: light dark; font: 15px/1.4 system-ui, sans-serif }}
body {{ margin: 0 auto; max-width: 72rem; padding: 1rem }}
h1 {{ font-size: 1.3rem; margin: 0 }} h2 {{ font-size: 1rem; margin: 1.2rem 0 .4rem }}
p {{ margin: .2rem 0; opacity: .75 }}
.sounds {{ display: grid; gap: 3px; grid-template-columns: repeat({columns}) }}
button {{ font: inherit; font-variant-numeric: tabular-nums; padding: .35rem 0; border: 0; border-radius: 3px;
  background: color-mix(in srgb, currentColor 12%, transparent); color: inherit; cursor: pointer }}
button:focus-visible {{ outline: 2px solid; outline-offset: -2px }}
button[aria-pressed=true] {{ background: #d33a2c; color: #fff }}
img {{ max-width: 100%; margin-top: 1.2rem; image-rendering: pixelated }}
#now {{ position: sticky; top: 0; padding: .4rem 0; background: Canvas; min-height: 1.4em; opacity: 1 }}
</style></head><body>
<h1>{name}</h1>
<p>{licence}</p>
<p>{told} A click or Enter plays a sound, the arrow keys go to the next.</p>
<p id="now" role="status"></p>
"""
TAIL = """<img src="contact_sheet.png" alt="Spectrograms of the sounds, kind by kind">
<script>
const player = new Audio(), now = document.getElementById("now");
const buttons = [...document.querySelectorAll("button")];
let playing = null;
function play(button) {
  if (playing) playing.setAttribute("aria-pressed", "false");
  playing = button;
  button.setAttribute("aria-pressed", "true");
  player.src = button.dataset.file;
  player.play().catch(() => {});  // another click came first
  now.textContent = button.title;
}
document.addEventListener("click", event => { if (event.target.dataset.file) play(event.target); });
document.addEventListener("keydown", event => {
  const at = buttons.indexOf(document.activeElement);
  const across = getComputedStyle(document.querySelector(".sounds")).gridTemplateColumns.split(" ").length;
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across }[event.key];
  const next = buttons[at < 0 ? 0 : at + step];
  if (!step || !next) return;
  event.preventDefault();
  next.focus();
  play(next);
});
</script>
</body></html>
"""


def page(name: str, licence: str, kinds: Mapping[str, Sequence[Mapping[str, str]]], columns: int, total: int) -> str:
    """The page. kinds: rows of the list by kind; columns: of a grid, 0 for as many as fit; total: of the pack."""
    shown = sum(map(len, kinds.values()))
    told = f"{total} sounds." if shown == total else f"The surest {shown} of {total} sounds."
    width = f"{columns}, minmax(0, 1fr)" if columns else "auto-fill, minmax(3.6rem, 1fr)"
    parts = [HEAD.format(name=html.escape(name), licence=html.escape(licence), told=told, columns=width)]
    for kind, rows in kinds.items():
        parts.append(f'<h2>{html.escape(kind.replace("_", " "))}</h2>\n<div class="sounds">\n')
        parts += [button(row) for row in rows]
        parts.append("</div>\n")
    return "".join(parts) + TAIL


def button(row: Mapping[str, str]) -> str:
    """One sound."""
    stem = row["file"].rpartition("/")[2].rpartition(".")[0]
    kind = row["file"].partition("/")[0]
    short = stem.removeprefix(f"{kind}_").replace("_", " ")
    heard = f", sounds like {row['label']} ({float(row['confidence']):.0%})" if row["label"] else ""
    title = f"{stem}, seed {row['seed']}{heard}"
    return (
        f'<button type="button" aria-pressed="false" data-file="{html.escape(quote(row["file"]))}" '
        f"title={html.escape(json.dumps(title, ensure_ascii=False), quote=False)}>{html.escape(short)}</button>\n"
    )
