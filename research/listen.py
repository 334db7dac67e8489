"""A page to listen to: `python research/listen.py FOLDER [--own MODEL]` writes index.html with FLACs beside it.

Every task by its command, and what the two papers show of theirs, in the voice of the model here: CRASH's new sounds,
mixtures, interpolations and inpainting, Tiny Audio Diffusion's style transfer from a noisy source. With `--own` a model
that `driftkit train --finetune` made plays the same seeds after the one that it began with.
"""

import argparse
import html
import tempfile
from pathlib import Path

import numpy as np
import soundfile
from pictures import Panel, Row, sheet, tasks

import driftkit
from driftkit.sampler.files import appearing
from driftkit.sampler.model import Model

RATE_HZ = 44100
MARK = "driftkit listen"
PAGE = """<!doctype html>
<meta charset="utf-8"><meta name="generator" content="{mark}"><title>driftkit, to listen to</title>
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }}
.row {{ display: flex; flex-wrap: wrap; gap: 1rem; }}
figure {{ margin: 0; }} figcaption {{ font-size: 12px; color: #555; }} audio {{ width: 11rem; height: 2rem; }}
code {{ background: #eee; padding: 0 .3em; }} img {{ max-width: 100%; }}
</style>
<h1>driftkit, to listen to</h1>
{parts}
"""


def page(parts: list[tuple[str, str, Row]], folder: Path) -> None:
    """Write the page: for each part a heading, a remark, its players and its picture."""
    folder.mkdir(parents=True, exist_ok=True)
    text = []
    for number, (heading, remark, row) in enumerate(parts):
        players = []
        for place, panel in enumerate(row.panels):
            name = f"{number:02d}_{place}.flac"
            soundfile.write(folder / name, panel.samples.clip(-1, 1), RATE_HZ, subtype="PCM_16")
            players.append(
                f"<figure><figcaption>{html.escape(panel.title)}</figcaption>"
                f'<audio controls src="{name}"></audio></figure>'
            )
        picture = f"{number:02d}.png"
        sheet([Row("", row.panels)], folder / picture, 1.75, 1.45)
        told = f"<code>{html.escape(row.command)}</code>" if row.command else ""
        text.append(
            f"<h2>{html.escape(heading)}</h2><p>{html.escape(remark)} {told}</p>"
            f'<div class="row">{"".join(players)}</div><img src="{picture}" alt="spectrograms">'
        )
    with appearing(folder / "index.html") as staged:
        staged.write_text(PAGE.format(mark=MARK, parts="\n".join(text)), encoding="utf-8")


def papers(model: Model) -> list[tuple[str, str, Row]]:
    """What the two documents show of theirs."""
    names = ("kick", "snare", "cymbal")
    hits = {name: model.render(driftkit.Hit(classes={name: 1}, seed=5)) for name in names}
    pairs = [
        model.render(driftkit.Hit(classes={a: 0.5, b: 0.5}, seed=5)) for a, b in zip(names, (*names[1:], names[0]))
    ]
    mixed = [Panel(f"half {a}, half {b}", s.samples[0]) for (a, b), s in zip(zip(names, (*names[1:], names[0])), pairs)]
    t = np.arange(model.spec.length) / RATE_HZ
    voice = np.sin(2 * np.pi * 180 * t) * np.exp(-12 * t) * (1 + 0.3 * np.sin(2 * np.pi * 30 * t)) / 1.3
    source = {"voice": voice[None].astype(np.float32)}
    styled = [
        model.render(driftkit.Hit(task="vary", source_a="voice", variation=v, classes={"snare": 1}, seed=2), source)
        for v in (0.3, 0.5, 0.7)
    ]
    return [
        ("Kick, snare, cymbal", "The three classes of CRASH, and the sounds between them (class mixing).",
         Row("", [*(Panel(name, hit.samples[0]) for name, hit in hits.items()), *mixed])),
        ("Style transfer", "As in Tiny Audio Diffusion: a sound that is no drum, some noise, and the model's drums.",
         Row("", [Panel("before", voice, before=True),
                  *(Panel(f"variation {s.hit.variation:g}", s.samples[0]) for s in styled)])),
    ]  # fmt: skip


def own(before: Model, after: Model) -> list[tuple[str, str, Row]]:
    """The same seeds of the classes that a model of one's own has beside those of the other, or of all that it has."""
    found = []
    for name in [n for n in after.classes if n not in before.classes] or after.classes:
        hits = [driftkit.Hit(classes={name: 1}, seed=seed) for seed in range(4)]
        old = [hit if name in before.classes else driftkit.Hit(seed=hit.seed) for hit in hits]
        panels = [Panel(f"before, seed {s.hit.seed}", s.samples[0], before=True) for s in before.render_batch(old)]
        panels += [Panel(f"{name}, seed {s.hit.seed}", s.samples[0]) for s in after.render_batch(hits)]
        found.append((f"{after.spec.name}: {name}", "The same seeds, before and after.", Row("", panels)))
    return found


def main() -> None:
    """Render everything, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--own", help="a model of one's own")
    told = parser.parse_args()
    model = driftkit.load(engine="auto")
    with tempfile.TemporaryDirectory() as scratch:
        parts = [(row.command.split()[1], "", row) for row in tasks(Path(scratch))]
    parts += papers(model) + (own(model, driftkit.load(told.own, engine="auto")) if told.own else [])
    page(parts, told.folder)
    print(f"open {told.folder / 'index.html'}")


if __name__ == "__main__":
    main()
