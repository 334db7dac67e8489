"""What the judge and the ear hear in finished sounds, for who chooses among many."""

from collections.abc import Sequence

import numpy as np
import torch

from ..sound import Sound
from ..spec import SHIPPED, Spec
from .config import CLASSES, RATE_HZ
from .data import resample
from .ear import Ear
from .judge import Judge

JUDGE = SHIPPED / "judge" / "judge.safetensors"
EAR = SHIPPED / "ear" / "ear.safetensors"


class Listening:
    """The shipped judge and ear, which hear sounds of a model on the device where it renders."""

    def __init__(self, spec: Spec, device: torch.device) -> None:
        self._judge, self._ear = Judge.load(JUDGE).to(device), Ear.load(EAR).to(device)
        self._kinds, self._device = spec.kinds, device

    def heard(self, sounds: Sequence[Sound], wanted: Sequence[str]) -> list[tuple[float, float, np.ndarray]]:
        """Of each sound how sure it is the class wanted, what the judge alone says of that, and its place (64,).

        Sure is the product of what the model's classifier and the judge say, a class counting with its kinds; one of
        them alone where the other does not know the class. Where none is wanted, it is the class that was heard.
        """
        mono = torch.from_numpy(np.stack([sound.samples.mean(axis=0) for sound in sounds]))
        if sounds[0].rate_hz != RATE_HZ:
            mono = resample(mono, 12 * float(np.log2(RATE_HZ / sounds[0].rate_hz)))
        mono = mono.to(self._device)
        probabilities = self._judge.probabilities(mono).cpu().numpy()
        places = self._ear.embedding(mono).cpu().numpy()
        found = []
        for sound, name, heard, place in zip(sounds, wanted, probabilities, places):
            names = [name or sound.label, *self._kinds.get(name or sound.label, ())]
            known = [CLASSES.index(each) for each in names if each in CLASSES]
            judged = float(heard[known].sum()) if known else 1.0
            own = sound.confidence if sound.label in names else 0.0
            found.append(((own if sound.label else 1.0) * judged, judged, place))
        return found
