"""Begin a network with the weights of one that has fewer bands, or another length of sound.

Twice as many bands are half as many frames: such a network begins where the other one's second level does. From there
on all weights are taken over. What stands before and behind is fitted by least squares on sounds of the corpus: the
first convolution to the features that the other network has there, the last one to what the Wiener filter leaves.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..errors import Error
from ..networks.unet import CLOCK_FEATURES, Gain, UNet, clock
from ..networks.wiener import SHARE, WienerUNet

BATCHES = 20  # on which each of the two convolutions is fitted
FINE = 8192  # frames at which the clocks are compared
UNLIKELY = -3.0  # the logit of a class that nothing has been heard of
RIDGE = 1e-4  # of the mean power of what is regressed on

Case = tuple[Tensor, Tensor, Tensor, Tensor, Tensor]
"""Sounds (B, 1, N), the same with noise, s (B,), class weights (B, classes), loudness weights (B, M, K)."""


@torch.no_grad()
def graft(old: WienerUNet, new: WienerUNet, cases: Iterator[Case]) -> None:
    """Have `new`, whose S is measured already, begin with what `old` knows; `Error` where their levels do not fit."""
    inner, outer = new.unet, old.unet
    levels = round(math.log2(new.frames.bands / old.frames.bands))
    if old.frames.bands << max(levels, 0) != new.frames.bands or inner.widths != outer.widths[levels:]:
        raise Error(
            f"a network of {old.frames.bands} bands and the widths {list(outer.widths)} cannot be the start of one of "
            f"{new.frames.bands} bands and the widths {list(inner.widths)}; take twice the bands for each of the first "
            "widths that is left out"
        )
    inner.embedding.load_state_dict(outer.embedding.state_dict(), strict=False)  # one of them may have no reach
    for name in ("attention", "bottom"):
        getattr(inner, name).load_state_dict(getattr(outer, name).state_dict())
    for name, first in (("down", levels), ("shrink", levels), ("up", 0), ("grow", 0)):
        for mine, its in zip(getattr(inner, name), getattr(outer, name)[first:]):
            mine.load_state_dict(its.state_dict())
    if old.length != new.length:
        retime(inner, old.length / new.length)
    if new.tones is not None and old.tones is not None:  # its S is measured, and what it learns is of any length
        learned = {name: tensor for name, tensor in old.tones.state_dict().items() if name != "spread"}
        new.tones.load_state_dict(learned, strict=False)
    if not levels:
        for name in ("enter", "leave", "level", "envelope", "draft", "trust"):
            mine, its = getattr(inner, name), getattr(outer, name)
            if mine is not None and its is not None:
                mine.load_state_dict(its.state_dict())
        return
    for parameter in inner.level.parameters():
        parameter.zero_()
    fit_enter(old, new, outer.shrink[levels - 1], islice(cases, BATCHES))
    fit_leave(new, islice(cases, BATCHES))


def retime(unet: UNet, ratio: float) -> None:
    """Have the clocks of a network, which count in lengths of a sound, go as they did when that was `ratio` as long."""
    now = clock(FINE, torch.device("cpu"))[0].double()
    t = ((torch.arange(FINE) + 0.5) / ratio).long().clamp_max(FINE - 1)  # beyond its end as at its end
    gram = now @ now.T + RIDGE * FINE * torch.eye(CLOCK_FEATURES)
    same = torch.linalg.solve(gram, now @ now[:, t].T).T.float()  # what they were, from what they are
    for gain in (module for module in unet.modules() if isinstance(module, Gain)):
        gain.time.weight.copy_(gain.time.weight @ same.to(gain.time.weight))


@torch.no_grad()
def rename_heard(layer: nn.Linear, before: Sequence[str], names: Sequence[str]) -> nn.Linear:
    """The layer that gives logits of classes, with those of other classes: new ones as unlikely as a class can be."""
    wider = nn.Linear(layer.in_features, len(names)).to(layer.weight.device)
    wider.weight.zero_()
    wider.bias.fill_(UNLIKELY)
    for i, name in enumerate(names):
        if name in before:
            wider.weight[i], wider.bias[i] = layer.weight[before.index(name)], layer.bias[before.index(name)]
    return wider


@torch.no_grad()
def rename(
    network: WienerUNet, before: Sequence[str], names: Sequence[str], taken: Mapping[str, Tensor] = MappingProxyType({})
) -> None:
    """Have a network take other classes than before: those it knows by name, new ones as if no class were named, or
    as a mixture of those before, weights (classes before,), where they are taken for that."""
    told = network.unet.embedding.classes
    rows = {name: told.weight @ mixture.to(told.weight) for name, mixture in taken.items()}
    rows |= dict(zip(before, told.weight.T))
    wider = nn.Linear(len(names), told.out_features, bias=False).to(told.weight.device)
    nothing = torch.zeros(told.out_features, device=told.weight.device)
    # the embedding times the root of the number of classes is what layers see
    wider.weight.copy_(
        torch.stack([rows.get(name, nothing) for name in names], 1) * math.sqrt(len(before) / len(names))
    )
    network.unet.embedding.classes = wider


@torch.no_grad()
def widen(
    old: WienerUNet, new: WienerUNet, before: Sequence[str], names: Sequence[str], taken: Mapping[str, Tensor]
) -> None:
    """Have `new` be `old` with more classes, whose S it has measured already; taken: see `rename`.

    A share of the S of all drums is mixed into these, too, as into all. What layers are told of directly (`UNet.apart`)
    moves nothing at first.
    """
    rename(old, before, names, taken)
    for part, its in ((new, old), (new.tones, old.tones)):
        if part is None or its is None:
            continue
        every = its.spread[-1].to(part.spread)
        rows = [(part.spread[i].square() + SHARE * every.square()).sqrt() for i in range(len(names))]
        for i, name in enumerate(names):
            if name in before:
                rows[i] = its.spread[before.index(name)].to(part.spread)
        its.spread = torch.stack([*rows, every])
    state, wider = old.state_dict(), {}
    for name, tensor in new.state_dict().items():
        known = state.get(name, tensor)
        more = tensor.shape[-1] - known.shape[-1] if name.endswith("level.weight") else 0
        wider[name] = F.pad(known, (0, more))
    new.load_state_dict(wider)


def fit_enter(old: WienerUNet, new: WienerUNet, level: nn.Module, cases: Iterator[Case]) -> None:
    """Fit the first convolution to what comes out of `level` of the old network, over the frames that both have."""
    seen: list[Tensor] = []
    hook = level.register_forward_hook(lambda _, __, out: seen.append(out))
    frames = min(old.length, new.length) // new.frames.bands
    gram = moment = torch.zeros(())
    for _, noisy, s, weights, _ in cases:
        old(F.pad(noisy, (0, max(0, old.length - new.length)))[..., : old.length], s, weights)
        coefficients = new.frames.analyse(noisy[:, 0])
        given = taps(torch.cat(new.scaled(coefficients, s, new.power(weights)), dim=1))
        x, wanted = (part[..., 1 : frames - 1].cpu().double() for part in (given, seen.pop()))
        gram = gram + torch.einsum("bik,bjk->ij", x, x)
        moment = moment + torch.einsum("bik,bmk->im", x, wanted)
    hook.remove()
    new.unet.enter.weight.copy_(solved(gram, moment).T.reshape(new.unet.enter.weight.shape))


def fit_leave(new: WienerUNet, cases: Iterator[Case]) -> None:
    """Fit the last convolution to F of the sounds themselves, weighted by their loudness, band by band."""
    seen: list[Tensor] = []
    hook = new.unet.leave.register_forward_pre_hook(lambda _, given: seen.append(given[0]))
    gram = moment = torch.zeros(())
    for clean, noisy, s, weights, loudness in cases:
        power = new.power(weights)
        skip, out = new.scales(s, power)
        noised = new.frames.analyse(noisy[:, 0])
        wanted = (new.frames.analyse(clean[:, 0]) - skip * noised) / out
        new.whitened(noised, s, weights, power)
        x = taps(seen.pop())
        gram = gram + torch.stack([torch.einsum("bik,bjk->ij", x * loud[:, None], x) for loud in loudness.unbind(1)])
        moment = moment + torch.einsum("bik,bmk->mi", x, wanted * loudness)
    hook.remove()
    found = [solved(g.cpu().double(), m.cpu().double()) for g, m in zip(gram, moment)]
    new.unet.leave.weight.copy_(torch.stack(found).reshape(new.unet.leave.weight.shape))


def taps(x: Tensor) -> Tensor:
    """What a convolution of three taps multiplies: (B, C, K) -> (B, 3 C, K), the taps of a channel side by side."""
    padded = F.pad(x, (1, 1))
    return torch.stack([padded[..., i : i + x.shape[-1]] for i in range(3)], dim=2).flatten(1, 2)


def solved(gram: Tensor, moment: Tensor) -> Tensor:
    """The least squares solution, with a little ridge: (n, n), (n, ...) -> (n, ...)."""
    ridge = RIDGE * gram.diagonal().mean() * torch.eye(len(gram), dtype=gram.dtype, device=gram.device)
    return torch.linalg.solve(gram + ridge, moment)
