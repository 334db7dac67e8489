"""A student, by distribution matching: its jumps end where sounds of many stochastic steps lie.

Regressed on, a jump ends on the mean of all ends that it may have: too loud where most are quiet, and rough. Here it is
the distribution of the ends that is to be right (DMD, Yin et al. 2024, on inputs made of real sounds as in moment
matching, Salimans et al. 2024). A jump of x^ = D(y, s, s'') is noised again to a level t below s, as the solver
`flow_map` does with stochasticity 1:

    y_t = x^ + (t / s)^2 (y - x^) + t sqrt(1 - (t / s)^2) n

A critic, which begins as a copy of the network and learns to denoise what jumps make, knows how such y_t are
distributed; the model that the run began with, frozen, how they should be. What their estimates differ by is

    D_critic(y_t, t) - D_teacher(y_t, t) = t^2 grad log (p_jumps / p_real)(y_t)

and x^ goes down that slope, each step being divided by how far the teacher's estimate is from x^. The teacher may be
guided: then one call makes what two would.
"""

import copy
from dataclasses import replace
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from ..denoisers import wide
from ..errors import Error
from ..networks.wiener import WienerUNet
from .config import Config, Key
from .data import Corpus
from .jumps import field, ladder
from .noise_levels import white
from .target import beside, half, taken
from .unet import TARGET as UNET
from .unet import Denoising, asking

LOWEST = 5e-4  # t of the last jump, which ends at the sound
NEAREST = 0.9  # t / s: above, y_t is y
LANDING = ("jump", "ddim", "still")


class Matching(Denoising):
    """`Denoising` whose rows that jump, from each of `jump_levels` towards the next, match distributions.

    critic: learns beside the network, at `critic_pace`. frozen: what the run began with.
    """

    def __init__(self, config: Config, corpus: Corpus) -> None:
        if not (config.jumps and config.jump_levels):
            raise Error("a student learns jumps between levels; set jumps and jump_levels, as `--config student` does")
        super().__init__(config, corpus)

    def taught_by(self, network: nn.Module) -> None:
        """Take a network as the teacher, and a copy of it as the critic to begin with."""
        assert isinstance(network, WienerUNet)
        self.critic = copy.deepcopy(network).train().requires_grad_(True)
        self.frozen = copy.deepcopy(network).eval().requires_grad_(False)
        self.teacher = partial(field, self.frozen, ask=asking(self.frozen, self.config))

    def learning(self) -> list[dict[str, Any]]:
        """The network, once the critic knows what it makes, and the critic at its own pace."""
        critic = {"params": list(self.critic.parameters()), "pace": self.config.critic_pace}
        return [*({**group, "after": self.config.critic_alone} for group in super().learning()), critic]

    def aside(self) -> nn.Module:
        """The critic and the teacher."""
        return nn.ModuleDict({"critic": self.critic, "frozen": self.frozen})

    def draw(self, soft: Tensor, generator: torch.Generator) -> tuple[Tensor, ...]:
        """As `Denoising.draw`, and of every row t (B,) and the noise (B, M, K) with which it comes there."""
        s, w, weights, noise, to, *strength = super().draw(soft, generator)
        start, end = ladder(len(s), self.config.jump_levels, generator)
        jumps = to < s
        s, to = torch.where(jumps, start, s), torch.where(jumps, end.square() / start, to)
        low, top = end.clamp_min(LOWEST).log(), (NEAREST * start).log()
        t = (low + (top - low) * torch.rand(len(s), generator=generator)).exp()
        again = white(tuple(noise.shape), generator, noise.device)
        return s, w, weights, noise, to, *strength, t, again

    def forward(self, x: Tensor, s: Tensor, w: Tensor, weights: Tensor, noise: Tensor, *drawn: Tensor) -> Tensor:  # type: ignore[override]
        """x (B, 1, N) and what `draw` gave -> scalar, with the gradients of the network and of the critic."""
        to, *strength, t, again = drawn
        jumps = to < s
        loss, shown = x.new_zeros(()), (x, s, w, weights, noise, to, *strength)
        if bool((~jumps).any()):
            loss = loss + super().forward(*taken(~jumps, *shown)) * (~jumps).sum()
        if bool(jumps.any()):
            x, s, _, weights, noise, to, *strength = taken(jumps, *shown)
            told = strength[0] if strength else None
            loss = loss + self.matched(x, s, weights, noise, to, told, *taken(jumps, t, again)).sum()
        return loss / len(jumps)

    def matched(
        self, x: Tensor, s: Tensor, weights: Tensor, noise: Tensor, to: Tensor, guidance: Tensor | None, t: Tensor,
        again: Tensor,
    ) -> Tensor:  # fmt: skip
        """What each row of jumps adds to the loss (B,)."""
        network, told = self.network, guidance
        s, weights, to, t = beside(x, s, weights, to, t)
        guidance = None if guidance is None else beside(x, guidance)[0]
        power = network.power(weights)
        loud, (skip, out) = self.loudness(power), network.scales(s, power, to)
        y = network.frames.analyse(x[:, 0]) + wide(s) * noise
        with half(self.config, x.device):
            found = network.whitened(y, s, weights, power, to, guidance=guidance).float()
        sound = (skip * y + out * found).detach()
        kept = wide(t / s).square()
        there = sound + kept * (y - sound) + wide(t) * (1 - kept).sqrt() * again
        skip_t, out_t = network.scales(t, power)
        with half(self.config, x.device):
            heard = self.critic.whitened(there, t, weights, power, guidance=guidance).float()
            with torch.no_grad():
                right = self.teacher(weights, power, told)(there, t)
        missed = (loud * (heard - (sound - skip_t * there) / out_t).square()).mean((1, 2))
        with torch.no_grad():
            slope = out_t * (heard - right) / out  # D_critic - D_teacher, in the units of F
            far = (loud * (sound - skip_t * there - out_t * right).abs() / out).mean((1, 2), keepdim=True)
            goal = found - slope / far.clamp_min(1e-6)
        return missed + (loud * (found - goal).square()).mean((1, 2)) / 2

    @torch.no_grad()
    def held_out(self, network: nn.Module, x: Tensor, soft: Tensor) -> dict[str, float]:
        """As `Denoising`, but not where jumps land: they follow no one way."""
        found = super().held_out(network, x, soft)
        return {name: value for name, value in found.items() if name not in LANDING}


TARGET = replace(
    UNET,
    objective=Matching,
    keys={
        "critic_pace": Key(2.0, "`student`: learning rate of its critic over its own", 1e-3, 1000),
        "critic_alone": Key(0.0, "`student`: share of the run in which its critic alone learns", 0, 0.99),
    },
    told=(*UNET.told, "jump_levels", "critic_pace", "critic_alone"),
    follows=True,
    plays=lambda config: {
        "jumps": config.jump_levels,
        "steps": len(config.jump_levels),
        "stochasticity": 1.0,
    },
)
