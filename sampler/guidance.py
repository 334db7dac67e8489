"""Guidance: denoisers wrapped around denoisers.

The strength w is Bayes at 1 and nothing at 0, in either form:

    network trained with classes:  D = D(y; nothing) + w (D(y; weights) - D(y; nothing))
    classifier (CRASH eq. 10, 12): D = D(y) + w s^2 sum_k lambda_k grad_y log p(k | y, s)

The second is eps - w sigma grad_x log p in the paper's letters; its public code leaves the sigma
out, which is a strength of 1 / sigma (`weight_of_s`; the control `guidance_weight`). The first form has
no such choice: it is nobody's gradient that a sigma could have been left out of.
"""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from .denoisers import Denoiser, wide

Conditional = Callable[..., Tensor]
"""(y (B, C, N), s (B,), class weights (B, classes)[, s' (B,)[, strength (B,)]]) -> x0 (B, C, N)."""

LogProbabilities = Callable[[Tensor, Tensor], Tensor]
"""(y (B, C, N), s (B,)) -> log p (B, classes)."""


def with_classes(
    network: Conditional, weights: Tensor, strength: Tensor, learned: Sequence[float] = (1.0, 1.0),
    device: torch.device | None = None,
) -> Denoiser:  # fmt: skip
    """A class-conditioned network pulled by `strength` (B,) towards `weights` (B, classes).

    Items whose strength is 0 or within `learned`, what the network takes as an input, or that have no weights, cost
    one call; the others two. device: where the network computes, by default where the weights are; from there nothing
    is read.
    """
    device = device or weights.device
    pulled = weights * (strength != 0)[:, None].to(weights)
    pulls = (strength != 0) & (strength != 1) & (weights.sum(1) > 0)
    told = pulls & (strength >= learned[0]) & (strength <= learned[1])
    twice = pulls & ~told
    tells, pull = bool(told.any()), wide(strength[twice] - 1)
    extra, pull, pulled, guidance = (
        part.to(device, non_blocking=True)
        for part in (twice.nonzero()[:, 0], pull, pulled, torch.where(told, strength, 1.0))
    )

    def ask(y: Tensor, s: Tensor, asked: Tensor, guidance: Tensor, *to: Tensor) -> Tensor:
        # at s' = s a jump is the denoiser; a network that has not learnt guidance is not told of it
        return network(y, s, asked, *(to or (s,)), guidance) if tells else network(y, s, asked, *to)

    if not len(extra):
        return lambda y, s, *to: ask(y, s, pulled, guidance, *to)

    def denoise(y: Tensor, s: Tensor, *to: Tensor) -> Tensor:
        n = len(y)
        both = ask(
            torch.cat([y, y[extra]]),
            torch.cat([s, s[extra]]),
            torch.cat([pulled, torch.zeros_like(pulled[extra])]),
            torch.cat([guidance, guidance[extra]]),
            *(torch.cat([end, end[extra]]) for end in to),
        )
        clean, free = both[:n], both[n:]
        return clean.index_add(0, extra, pull * (clean[extra] - free))

    return denoise


def with_classifier(
    denoise: Denoiser,
    log_p: LogProbabilities,
    weights: Tensor,
    strength: Tensor,
    weight_of_s: Callable[[Tensor], Tensor] = torch.ones_like,
    device: torch.device | None = None,
) -> Denoiser:
    """Any denoiser pulled by the gradient of a classifier; weights (B, classes), strength (B,), device as above."""
    device = device or weights.device
    if not bool((weights.sum(1) * strength).any()):
        return denoise
    weights, strength = (part.to(device, non_blocking=True) for part in (weights, strength))

    def guided(y: Tensor, s: Tensor, *to: Tensor) -> Tensor:
        with torch.enable_grad():
            leaf = y.detach().requires_grad_(True)
            mixed = (weights * log_p(leaf, s)).sum()
            (gradient,) = torch.autograd.grad(mixed, leaf)
        return denoise(y, s, *to) + wide(strength * weight_of_s(s) * s * s) * gradient

    return guided
