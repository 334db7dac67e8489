"""How the default network learns: the Wiener U-Net's objective and what a training config says of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import pad

from ..captured import Captured, Recorder
from ..errors import Error
from ..networks.wiener import WienerUNet, class_spreads
from ..spec import Spec
from ..store import read_tensors
from .config import Config, Key, pairs_of
from .data import Corpus, condition
from .frames import BANDS, check_frames
from .graft import Case, graft, rename, widen
from .hearing import taken_for
from .jumps import NEW, Asking, Field, draw, field, goals, landing, strengths
from .noise_levels import LEVELS, NoiseLevels, t_of_s, white
from .target import Objective, Target, beside, half

KIND = "wiener_unet"
ROWS = 16  # of which graphs of a teacher have a multiple
KEYS = {
    "front": Key("mdct", "`unet`: the front end, `mdct` or `patches`"),
    **BANDS,
    "widths": Key((80, 128, 160, 192, 192), "`unet`: channels per level", 4, 8192),
    "listens": Key(True, "`unet`: whether it corrects the spectrum of a class by that of the sound it hears"),
    "tones": Key(True, "`unet`: whether it hears what lasts in long windows, too"),
    "floor": Key(2e-5, "`unet`: least spread of a class; what is quieter counts as silence", 1e-9, 1),
    "embedding": Key(128, "`unet`: width of the embedding of the noise level", 1, 8192),
    "manners": Key(
        False, "`unet`: whether drums made in a manner (electronic) have a spectrum and an embedding of their own"
    ),
    "quiet": Key(0.1, "`unet`: least weight in the loss of a coefficient that is silent in its class", 0, 1),
    "unlabelled": Key(0.15, "`unet`: share of sounds shown without their class", 0, 1),
    "jumps": Key(0.0, "`unet`: share of the batch that learns jumps of the flow map, 0: none"),
    "jump_levels": Key(
        (), "`unet`: levels s from which a model will jump, each to the next and the last to 0: so do half of the jumps"
    ),
    "class_pace": Key(1.0, "`unet`: learning rate of the embedding of classes over that of all else", 0, 1000),
    "only_new": Key(
        False,
        "`unet`: whether it learns only those classes that the model it begins with lacks, and changes nothing else",
    ),
    "guidance": Key(
        0.0, "`unet`: most strength of guidance that it learns to take as an input, 0: none; needs `jumps`", 0, 10
    ),
}


def shape(config: Config) -> dict[str, Any]:
    """The arguments of `WienerUNet`."""
    guided = [0.0, max(1.0, config.guidance)] if config.guidance else []
    can: dict[str, Any] = {
        "reach": config.jumps > 0,
        "listens": config.listens,
        "tones": config.tones,
        "guided": guided,
    }
    pairs = pairs_of(config.classes).values() if config.manners else ()
    can |= {"manners": [[config.classes.index(name) for name in pair] for pair in pairs]}
    return {
        "length": config.length, "bands": config.bands, "classes": len(config.classes), "widths": list(config.widths),
        "embedding": config.embedding, "front": config.front,
    } | {name: how for name, how in can.items() if how}  # fmt: skip


def like(spec: Spec) -> dict[str, Any]:
    """The keys of a config that say what the network of a model is, and where it jumps."""
    known = spec.network
    low_high = known.get("guided") or (0.0, 0.0)
    plain = {"front": known.get("front", "mdct"), "embedding": known.get("embedding", 128), "guidance": low_high[1]}
    can = {name: bool(known.get(name)) for name in ("listens", "tones", "manners")}
    jumping = {"jump_levels": spec.jumps} if spec.has_reach else {"jumps": 0.0, "jump_levels": ()}
    size = {"length": spec.length, "bands": known["bands"], "widths": tuple(known["widths"])}
    return size | plain | can | jumping | {"schedule": spec.schedule}


def named(classes: Sequence[str], manners: bool) -> dict[str, tuple[str, ...]]:
    """What the network is told, in its order: each class, and behind them each drum in a manner, by name."""
    pairs: dict[str, tuple[str, ...]] = {**pairs_of(classes)} if manners else {}
    return {name: (name,) for name in classes} | pairs


class Denoising(Objective):
    """E || F - (x0 - c_skip y) / c_out ||^2, weighted by loudness, over log-normal s.

    After EDM (Karras et al. 2022, eq. 8); the weight of a coefficient is its spread S relative to
    the class's mean power, at least `quiet`. On the squared error of eps, as D - x0 = -s (eps_theta - eps),
    that is a weight (s / c_out)^2 = 1 + s^2 / S^2 a coefficient, times the loudness. A named weighting
    stands in for both: then the loss is w(t) | eps_theta - eps |^2, whatever the class.

    With `jumps` a share of the rows learns the flow map (see `training.jumps`): from its own s to a level s' below,
    with the mean field of `teacher` on the way there for F. With `guidance` half of the rows that ask for a class are
    told a strength, and learn what the teacher says in two calls (Meng et al. 2023).
    """

    network: WienerUNet

    def __init__(self, config: Config, corpus: Corpus) -> None:
        super().__init__()
        if not 0 <= config.jumps <= 1:
            raise Error(f"jumps is {config.jumps:g}; it must be from 0 to 1")
        if config.guidance and not config.jumps:
            raise Error(f"guidance is {config.guidance:g}, which is learnt beside jumps; set jumps above 0, too")
        if any(s <= to for s, to in pairwise((*config.jump_levels, 0.0))):
            raise Error(f"jump_levels is {list(config.jump_levels)}; they must fall, and stay above 0")
        self.config = config
        self.levels = NoiseLevels(config, "log_normal", "sigma2")
        network = TARGET.build(config)
        assert isinstance(network, WienerUNet)
        self.network = network
        members = [
            torch.stack([corpus.members(name).cpu() for name in pair]).all(0)
            for pair in named(config.classes, config.manners).values()
        ]
        for part, smooth in ((network, 9), (network.tones, 3)):  # frames: of 0.7 ms, and of 23 ms
            if part is not None:
                found = class_spreads(part.frames, corpus.clean().cpu(), members, floor=config.floor, smooth=smooth)
                part.spread.copy_(found)
        self.known: tuple[str, ...] = ()  # what the model is told that the run begins with
        self.taught_by(network)

    def taught_by(self, network: nn.Module) -> None:
        """Let jumps land where a network's small steps do: the moving average, in a run."""
        assert isinstance(network, WienerUNet)
        self.teacher: Callable[..., Field] = partial(field, network, ask=asking(network, self.config))

    def learning(self) -> list[dict[str, Any]]:
        """All weights, or those alone that only new classes move: what the others move has no slope."""
        if not self.config.only_new:
            told = self.network.unet.embedding.classes.weight
            rest = [parameter for parameter in self.network.parameters() if parameter is not told]
            fast = [{"params": [told], "pace": self.config.class_pace, "weight_decay": 0.0}]
            return super().learning() if self.config.class_pace == 1 else [{"params": rest, "pace": 1.0}, *fast]
        if not self.known:
            raise Error("only_new is true, and learns what a model lacks; give the model that it begins with by --from")
        unet = self.network.unet
        known = torch.tensor([name in self.known for name in named(self.config.classes, self.config.manners)])
        new: dict[Tensor, Tensor] = {unet.embedding.classes.weight: ~known}
        if unet.apart:
            new |= {
                weight: torch.cat([torch.zeros(self.config.embedding, dtype=torch.bool), ~known[-unet.apart :]])
                for name, weight in unet.named_parameters()
                if name.endswith("level.weight")
            }
        for parameter in self.network.parameters():
            parameter.requires_grad_(parameter in new)
        for weight, columns in new.items():
            weight.register_hook(lambda slope, columns=columns: slope * columns.to(slope))
        return [{"params": [*new], "pace": 1.0, "weight_decay": 0.0}]

    def draw(self, soft: Tensor, generator: torch.Generator) -> tuple[Tensor, ...]:
        """s and w (B,), class weights (B, classes), noise (B, M, K), s' with jumps, strengths with guidance."""
        config = self.config
        if self.levels.t_sampling == "log_normal":
            log_s = config.log_s_mean + config.log_s_std * torch.randn(len(soft), generator=generator)
        else:
            log_s = self.levels.schedule.s(self.levels.draw(len(soft), generator)).log().float()
        s = log_s.clamp(-8.5, 4.5).exp()
        weights = condition(soft, config.classes, config.unlabelled, generator)
        noise = white((len(soft), config.bands, config.length // config.bands), generator, self.device)
        named = config.weighting != "auto"
        more: tuple[Tensor, ...] = ()
        if config.jumps:
            s, to = draw(s, config.jumps, generator, config.jump_levels)
            more = (to,)
        if config.guidance:
            more = (*more, strengths(weights, config.guidance, generator))
        w = self.levels.weight(t_of_s(self.levels.schedule, s.double())).float() if named else torch.ones_like(s)
        return (s, w, weights, noise, *more)

    def forward(
        self, x: Tensor, s: Tensor, w: Tensor, weights: Tensor, noise: Tensor, to: Tensor | None = None,
        guidance: Tensor | None = None,
    ) -> Tensor:  # fmt: skip
        """x (B, 1, N) and what `draw` gave -> scalar."""
        network, told, here, there = self.network, guidance, s, to  # as they were drawn, on the processor
        s, w, weights = beside(x, s, w, weights)
        to, guidance = (part if part is None else beside(x, part)[0] for part in (to, guidance))
        clean = network.frames.analyse(x[:, 0])
        noisy = clean + s[:, None, None] * noise
        power = network.power(weights)
        skip, out = network.scales(s, power)
        with half(self.config, x.device):
            goal = (clean - skip * noisy) / out
            if there is not None:
                goal = goals(self.teacher, goal, noisy, here, there, weights, power, told)
            found = network.whitened(noisy, s, weights, power, to, guidance=guidance)
        error = (found.float() - goal).square()
        if self.config.weighting != "auto":
            return (w * (error * (out / s[:, None, None]).square()).mean((1, 2))).mean()
        # Whitened, a hiss 60 dB down counts as much as the tone of a kick, which is one coefficient in a
        # hundred. Weights that depend on the class alone, not on the sound, leave E[x0 | y] the minimiser.
        return (w * (self.loudness(power) * error).mean((1, 2))).mean()

    def loudness(self, power: Tensor) -> Tensor:
        """The weight of each coefficient in the loss, 1 on average: S^2 (B, M, K) -> (B, M, K)."""
        found = (power / power.mean((1, 2), keepdim=True)).sqrt().clamp_min(self.config.quiet)
        return found / found.mean((1, 2), keepdim=True)

    def cases(self, batches: Iterable[tuple[Tensor, Tensor]], generator: torch.Generator) -> Iterator[Case]:
        """What a `graft` is fitted on, from batches of sounds and their labels."""
        for x, soft in batches:
            s, _, weights, noise, *_ = (part.to(x.device) for part in self.draw(soft, generator))
            noisy = x + s[:, None, None] * self.network.frames.synthesise(noise)[:, None]
            yield x, noisy, s, weights, self.loudness(self.network.power(weights))

    def take_over(self, file: Path, spec: Spec, corpus: Corpus) -> None:
        """Weights of a network of other classes by their names, of other bands or another length by a `graft`.

        A network of the same shape keeps what it knows of its classes. A new one begins as what the model's own
        classifier takes its sounds for, with the spectrum that they have; a drum in a manner as that drum.
        """
        known, wanted, classes = spec.network, shape(self.config), tuple(self.config.classes)
        before = named(spec.classes, bool(known.get("manners")))
        asked = named(classes, self.config.manners)
        self.known = tuple(before)
        same = all(known.get(key, wanted[key]) == wanted[key] for key in ("length", "bands", "front", "widths"))
        if known.get("kind") != KIND or (same and before == asked):
            read_tensors(file, self.network, may_lack=NEW)
            return
        old = WienerUNet(**{key: value for key, value in known.items() if key != "kind"})
        read_tensors(file, old, may_lack=NEW)
        if same:
            taken = taken_for(file.parent, corpus, spec.classes, classes)
            for name, (drum, *made) in asked.items():
                if made and drum in spec.classes:
                    taken[name] = torch.eye(len(spec.classes))[spec.classes.index(drum)]
            taken = {name: pad(mixture, (0, len(before) - len(mixture))) for name, mixture in taken.items()}
            widen(old, self.network, tuple(before), tuple(asked), taken)
            return
        rename(old, tuple(before), tuple(asked))
        generator = torch.Generator().manual_seed(self.config.seed)
        place = next(self.network.parameters()).device
        graft(old.eval().to(place), self.network, self.cases(corpus.batches(self.config, generator), generator))

    @torch.no_grad()
    def held_out(self, network: nn.Module, x: Tensor, soft: Tensor) -> dict[str, float]:
        """Loss by noise level, each relative to what a Wiener filter for all drums leaves; with jumps `landing` too."""
        assert isinstance(network, WienerUNet)
        generator = torch.Generator().manual_seed(1)
        losses = {}
        for s in LEVELS:
            error = base = 0.0
            for part, label in zip(x.split(32), soft.split(32)):
                level = torch.full((len(part),), s, device=x.device)
                shape = (len(part), self.config.bands, self.config.length // self.config.bands)
                noise = torch.randn(shape, generator=generator).to(x.device)
                power = network.power(label)
                skip, out = network.scales(level, power)
                clean = network.frames.analyse(part[:, 0])
                noisy = clean + s * noise
                rest = clean - skip * noisy
                error += float((out * network.whitened(noisy, level, label, power) - rest).square().sum())
                plain, _ = network.scales(level, network.power(torch.zeros_like(label)))
                base += float((clean - plain * noisy).square().sum())
            losses[f"s={s:g}"] = error / base
        losses["mean"] = sum(losses.values()) / len(LEVELS)
        return losses | landing(network, soft) if self.config.jumps and self.config.evaluate_sounds else losses


def asking(network: WienerUNet, config: Config, record: Recorder | None = None) -> Asking:
    """F of a teacher, whose weights may move: (y, s, class weights, S^2) -> (B, M, K), without gradients.

    On a GPU by CUDA graphs: it is called five times a step, on rows too few to keep a GPU busy while the next operation
    is begun. The rows that jump are as many in every step; for others a graph is filled up.
    """
    device = network.spread.device

    def whitened(*asked: Tensor) -> Tensor:
        # casts of weights that are kept would be those of the step in which a graph was recorded
        with torch.autocast(device.type, torch.bfloat16, enabled=config.precision == "bfloat16", cache_enabled=False):
            return network.whitened(*asked).float()

    if device.type != "cuda" and record is None:
        return network.whitened
    return Captured(whitened, device, record, folds=False, size=lambda rows: -(-rows // ROWS) * ROWS)


TARGET = Target(
    kind=KIND,
    shape=shape,
    objective=Denoising,
    keys=KEYS,
    fixed=("length", "front", "bands", "widths", "embedding", "listens", "tones", "manners", "jumps", "guidance"),
    check=lambda config: check_frames("widths", config),
    told=("jumps",),
    like=like,
    recipe="finetune",
    loud=True,
    fades=(16, 441),
)
