"""Choose the seeds of the shipped kits and render their Sounds: `python research/kits.py PACK [KIT ...]`.

Each pad gets as many candidates as `--candidates` says, rendered `fine`. Those win that the judge hears as what they
are called, and whose traits lie where those of real sounds of the class do (the split train of PACK); no two of a kit
are alike. Pads that ask for the same thing share their candidates; where they are toms or congas the lower key gets the
lower drum. The seeds go into presets/KIT.yaml, the Sounds with their recipes into presets/sounds/KIT/NN.flac.
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

import driftkit
from driftkit.daemon.kits.library import SHIPPED as PRESETS
from driftkit.daemon.kits.library import read_kit
from driftkit.daemon.kits.text import PadKit
from driftkit.daemon.pads.surfaces import WIDEST, controls
from driftkit.sampler.files import SOFTWARE, appearing
from driftkit.sampler.sound import Sound, version
from driftkit.sampler.spec import SHIPPED
from driftkit.sampler.training.config import CLASSES, DRUMS, MANNERS
from driftkit.sampler.training.data import Corpus
from driftkit.sampler.training.evaluate import by_class, embed
from driftkit.sampler.training.judge import Judge
from driftkit.sampler.training.likeness import LEAST, counted, family, heard_of
from driftkit.sampler.training.traits import traits
from driftkit.sampler.wav import flac
from driftkit.sampler.work.listed import rendered

TUNED = ("tom", "conga")  # whose order on the keys is that of their pitch
STRANGE = 3.0  # interquartile ranges beyond which a trait is no stranger
METAL = ("cymbal", "hihat_closed", "hihat_open", "crash", "ride", "shaker", "block", "rim")
PEAK_OF_METAL, PEAK_OF_DRUMS = 0.5, 0.9
ALIKE = 0.9  # cosine in the judge's embedding, above which two hits of a kit are too much alike


def asked(entry: PadKit) -> tuple[tuple[str, Any], ...]:
    """What decides the sound of a pad, but for the seed."""
    return tuple(
        sorted((k, v) for k, v in entry.values.items() if (k not in WIDEST or WIDEST[k].render) and k != "seed")
    )


def named(values: dict[str, Any]) -> str:
    """The class that weighs most, or nothing."""
    weights = {name: value for name, value in values.items() if name in DRUMS}
    return max(weights, key=weights.__getitem__, default="")


def strangeness(sounds: torch.Tensor, name: str, real: Mapping[str, Any]) -> np.ndarray:
    """How far the traits of sounds (n, N) lie from the middle of real ones, in interquartile ranges: means (n,)."""
    known = family(real, name)
    if known is None:
        return np.zeros(len(sounds))
    found = []
    for trait in counted(name):
        low, middle, high = np.nanpercentile(known[trait], [25, 50, 75])
        off = np.abs(traits(sounds)[trait] - middle) / max(high - low, LEAST[trait])
        found.append(np.nan_to_num(np.minimum(off, STRANGE), nan=STRANGE))
    return np.asarray(np.mean(found, axis=0))


def chosen(
    sounds: torch.Tensor, name: str, manners: list[str], judge: Judge, real: Mapping[str, Any], wanted: int
) -> list[int]:
    """The numbers of the best of sounds (n, N), unlike one another."""
    score = -strangeness(sounds, name, real)
    heard = judge.probabilities(sounds)
    members = [CLASSES.index(each) for each in (name, *real["kinds"].get(name, ()))] if name else []
    for columns in (members, *([CLASSES.index(manner)] for manner in manners)):
        if columns:
            score = score + np.log(heard[:, columns].sum(1).clamp_min(1e-4).numpy())
    places = embed(judge, sounds)
    places = places / np.linalg.norm(places, axis=1, keepdims=True)
    order, found = list(np.argsort(-score)), []
    for near in (ALIKE, 1.0, 2.0):
        found += [i for i in order if i not in found and all(places[i] @ places[j] < near for j in found)][
            : wanted - len(found)
        ]
    return [int(i) for i in found]


def pitch(sound: np.ndarray) -> float:
    """Where the loudest partial below 1 kHz lies, 20 to 300 ms after the start, in Hz."""
    part = sound[882:13230] * np.hanning(13230 - 882)
    hz = np.fft.rfftfreq(1 << 17, 1 / 44100)
    spectrum = np.abs(np.fft.rfft(part, 1 << 17))
    return float(hz[np.argmax(np.where((hz > 40) & (hz < 1000), spectrum, 0))])


def gain_db(sound: np.ndarray, name: str) -> int:
    """By how many whole dB a quiet hit is played louder, so that the pads of a kit are of one loudness."""
    peak = PEAK_OF_METAL if name in METAL else PEAK_OF_DRUMS
    return int(np.clip(round(20 * np.log10(peak / np.abs(sound).max())), 0, 12))


def write(sound: Sound, path: Path, name: str) -> None:
    """A FLAC of 16 bits with the recipe in its comment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    software = f"{SOFTWARE} {version()}"
    with appearing(path) as staged:
        staged.write_bytes(
            flac(sound.samples, sound.rate_hz, name=name, recipe=sound.recipe, software=software, depth="16")
        )


def main() -> None:
    """Choose, render, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", type=Path)
    parser.add_argument("kits", nargs="*")
    parser.add_argument("--candidates", type=int, default=8, help="of each pad")
    parser.add_argument("--model", default="default")
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--workers", default="", help="who renders, as `driftkit pack` has it; else this process")
    told = parser.parse_args()
    model, judge = driftkit.load(told.model, engine=told.engine), Judge.load(SHIPPED / "judge" / "judge.safetensors")
    corpus = Corpus.load(told.pack, "train", model.spec.length, torch.device("cpu"))
    sets = {"": corpus} | {name: corpus.only(corpus.members(name)) for name in MANNERS}
    real = {name: {**heard_of(by_class(some)), "kinds": model.spec.kinds} for name, some in sets.items()}
    for file in sorted(PRESETS.glob("*.yaml")):
        if told.kits and file.stem not in told.kits:
            continue
        kit, text = read_kit(file, controls(model.spec)), file.read_text()
        groups: dict[Any, list[int]] = defaultdict(list)
        for number, entry in kit.pads.items():
            groups[asked(entry)].append(number)
        hits = []
        for values, numbers in groups.items():
            base = int(kit.pads[numbers[0]].values["seed"]) // 100 * 100
            given = {key: value for key, value in values if key != "quality"}
            seeds = range(base, base + max(told.candidates * len(numbers), 1))
            hits.append([driftkit.Hit(**given, seed=seed, quality="fine") for seed in seeds])
        every = torch.from_numpy(rendered(model, told.model, [hit for some in hits for hit in some], told.workers))
        made = every.split([len(some) for some in hits])
        for (values, numbers), candidates, sounds in zip(groups.items(), hits, made):
            name = named(dict(values))
            manners = [each for each in MANNERS if dict(values).get(each)]
            best = chosen(sounds, name, manners, judge, real[(manners or [""])[0]], len(numbers))
            if name in TUNED:
                best.sort(key=lambda i: pitch(sounds[i].numpy()))
                numbers = sorted(numbers, key=lambda n: int(kit.pads[n].values["note"]))
            for number, i in zip(numbers, best):
                place = f"sounds/{file.stem}/{number:02d}.flac"
                sound = model.render(candidates[i])
                write(sound, file.parent / place, str(kit.pads[number].values["name"]))
                louder = gain_db(sound.samples[0], name)
                level = f"gain_db: {louder}, " if louder else ""
                line = rf"(?m)^(  {number}: {{.*?)(?:gain_db: \d+, )?seed: \d+(?:, file: [^,}}]*)?(.*}})$"
                text = re.sub(line, rf"\g<1>{level}seed: {sound.hit.seed}, file: {place}\g<2>", text)
                print(f"{file.stem} {number}: {name or 'anything'}, seed {sound.hit.seed}, heard as {sound.label}")
        file.write_text(text)


if __name__ == "__main__":
    main()
