"""What people read is true: links lead somewhere, every page is in an index, and examples run."""

import re
import select
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pythonosc.osc_message import OscMessage
from pythonosc.osc_message_builder import OscMessageBuilder
from rig import warm
from rig.daemon import environment, until

from driftkit.daemon.kits.library import read_kit
from driftkit.daemon.pads.surfaces import controls
from driftkit.sampler.sound import read_recipe
from driftkit.sampler.spec import find_model, read_spec

ROOT = Path(__file__).resolve().parents[1]
WORDS = 25  # of a sentence at most; aim at 20
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("research/*.md"), *ROOT.glob("weights/*/*.md")])


def anchors(page: Path) -> set[str]:
    """What a heading is called in a link."""
    heads = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", page.read_text(encoding="utf-8")):
        name, _, heading = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), link
        assert not heading or heading in anchors(target), link


@pytest.mark.parametrize("folder", ["docs", "research"])
def test_every_page_is_in_the_index_of_its_folder(folder: str) -> None:
    index = (ROOT / folder / "README.md").read_text(encoding="utf-8")
    pages = {page.name for page in (ROOT / folder).glob("*.md")} - {"README.md"}
    assert pages == set(re.findall(r"\]\(([\w.-]+\.md)\)", index))


def test_docs_hold_what_users_read_and_no_studies() -> None:
    assert {file.suffix for file in (ROOT / "docs").rglob("*") if file.is_file()} <= {".md", ".json", ".png", ".wav"}


def example(page: str, language: str) -> str:
    """The first block of a language in a page."""
    found = re.search(rf"```{language}\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert found
    return found[1]


def test_the_kit_of_the_readme_is_one(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(example("README.md", "yaml"))
    kit = read_kit(tmp_path / "mine.yaml", controls(read_spec(find_model("default"))))
    assert kit.name == "mine" and len(kit.pads) == 2


def test_the_python_of_the_readme_runs(tmp_path: Path) -> None:
    script = example("README.md", "python").replace("Hit(", "Hit(steps=1, ")
    home = environment(tmp_path / "home")
    run = warm.run(["-c", script], home, tmp_path)
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "kick.wav").exists()


def test_the_bridge_from_strudel_plays_the_pad_of_a_name() -> None:
    """What osc() of Strudel and what Tidal send, in; what driftkit plays, out."""
    event = OscMessageBuilder("/dirt/play")
    for word in ("cps", 0.5, "s", "hh", "gain", 0.5, "n", 0):
        event.add_arg(word)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        superdirt = free.getsockname()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as driftkit:
        driftkit.bind(("127.0.0.1", 0))
        driftkit.setblocking(False)
        script = example("docs/tidal_strudel.md", "python").replace("57120", str(superdirt[1]))
        script = script.replace("9001", str(driftkit.getsockname()[1]))

        def heard() -> bool:
            driftkit.sendto(event.build().dgram, superdirt)
            return bool(select.select([driftkit], [], [], 0.1)[0])

        with subprocess.Popen([sys.executable, "-c", script]) as bridge:
            try:
                until(heard, "what the bridge plays")
            finally:
                bridge.kill()
        play = OscMessage(driftkit.recv(1024))
        assert (play.address, play.params) == ("/driftkit/play", [7, 0.5])


def sentences(page: Path) -> list[str]:
    """The sentences of a page: no code, tables, headings or addresses of links; a list item is one by itself."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"^(#|\||    ).*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    text = re.sub(r"`[^`]*`", "code", text)
    paragraphs = re.split(r"\n\s*\n|\n\s*(?:- |\d+\. )", text)
    return [one for part in paragraphs for one in re.split(r"(?<=[.!?:;])\s+", " ".join(part.split())) if one]


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))], ids=lambda page: page.name)
def test_sentences_are_short(page: Path) -> None:
    long = [one for one in sentences(page) if len(one.split()) > WORDS]
    assert not long


def test_the_sounds_of_the_readme_are_what_their_commands_ask_for() -> None:
    rows = re.findall(r"^\| \[.*\]\((.*\.wav)\) \| `driftkit render (.*)` \|$", (ROOT / "README.md").read_text(), re.M)
    assert len(rows) == 3
    for file, options in rows:
        hit, *_ = read_recipe(ROOT / file)
        words = options.replace("--", "").split()
        asked = {name: float(value) for name, value in zip(words[::2], words[1::2])}
        told = {name: hit.classes.get(name, getattr(hit, name, None)) for name in asked}
        assert told == asked, file
