"""Drums made in a manner, electronic for one: for each such pair a spectrum and an embedding of its own.

A manner is asked for beside drums, by a weight as they are. With the weights w_k of drums, D their sum, e_m those of
manners and E their sum, the drum k in the manner m weighs

    (D + E) (w_k / D) e_m / max(D, E)

and what is left of (D + E) w_k / D stays with the drum as it is. So a manner takes nothing away from how much a sound
is a kick: kick 1 and electronic 0.5 is halfway from a kick to an electronic one, and beyond 1 nothing changes. A drum
that has no such pair stays what it is. A manner alone, D = 0, is a class like any other.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

Pairs = Sequence[Sequence[int]]
"""(drum, manner): numbers of classes."""


class Manners(nn.Module):
    """Weights of classes, manners among them, to weights of classes and pairs.

    Parameters
    ----------
    classes: length of the vector of weights.
    pairs: drums that there are in a manner; `ValueError` for what cannot be a pair.
    """

    drums: Tensor
    drum: Tensor
    manner: Tensor

    def __init__(self, classes: int, pairs: Pairs) -> None:
        super().__init__()
        told = [tuple(pair) for pair in pairs]
        known = all(len(pair) == 2 and all(0 <= number < classes for number in pair) for pair in told)
        if not known or len({*told}) < len(told) or {pair[0] for pair in told} & {pair[-1] for pair in told}:
            raise ValueError(
                f"manners is {list(pairs)}; it must be different pairs of a drum and a manner, two numbers of the "
                f"{classes} classes, and no manner may be a drum of another pair"
            )
        either = torch.eye(classes)
        drum, manner = (either[[pair[i] for pair in told]].T for i in range(2))  # (classes, pairs)
        for name, value in (("drum", drum), ("manner", manner), ("drums", 1 - manner.amax(1))):
            self.register_buffer(name, value.contiguous(), persistent=False)

    def forward(self, weights: Tensor) -> Tensor:
        """(B, classes) -> (B, classes + pairs), of the same sum."""
        drums = weights * self.drums
        manners = weights - drums
        named, made = drums.sum(1, keepdim=True), manners.sum(1, keepdim=True)
        drums = drums * ((named + made) / named.clamp_min(1e-9))
        pairs = (drums @ self.drum) * (manners @ self.manner) / torch.maximum(named, made).clamp_min(1e-9)
        alone = torch.where(named > 0, 0.0, manners)
        return torch.cat([drums - pairs @ self.drum.T + alone, pairs], 1)
