"""Distribution matching: the slope against the exact one of Gaussians, a spread that is found, a run that goes on."""

from pathlib import Path

import pytest
import torch

from driftkit.sampler.errors import Error
from driftkit.sampler.hit import Hit
from driftkit.sampler.model import load
from driftkit.sampler.networks.wiener import WienerUNet
from driftkit.sampler.training.checkpoints import load_checkpoint
from driftkit.sampler.training.config import CLASSES
from driftkit.sampler.training.data import Corpus
from driftkit.sampler.training.export import export
from driftkit.sampler.training.student import LOWEST, NEAREST, Matching
from driftkit.sampler.training.targets import TrainConfig, load_config
from driftkit.sampler.training.train import train

LEVELS = (20.0, 3.0, 0.5, 0.1)
SMALL = TrainConfig(
    length=2048, bands=16, widths=(16, 24), embedding=16, batch=8, warmup=5, samples=8 * 3, evaluate_every=0,
    jumps=0.5, jump_levels=LEVELS, precision="float32", tones=False,
)  # fmt: skip


def numbers(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


@pytest.fixture
def objective(packed) -> Matching:
    torch.manual_seed(0)
    return Matching(SMALL, Corpus.load(packed, "train", SMALL.length, torch.device("cpu")))


def test_half_of_the_rows_jump_down_the_ladder_and_are_compared_between_its_steps(objective: Matching) -> None:
    soft = torch.zeros(4000, len(CLASSES))
    soft[:, 0] = 1
    s, _, _, _, to, t, again = objective.draw(soft, torch.Generator().manual_seed(0))
    jumps = to < s
    assert float(jumps.float().mean()) == 0.5 and again.shape == (4000, 16, 128)
    s, to, t = s[jumps], to[jumps], t[jumps]
    for here, there in zip(LEVELS, (*LEVELS[1:], 0.0)):
        rows = (s / here).log().abs() < 0.5
        assert float(rows.float().mean()) == pytest.approx(0.25, abs=0.03)
        # what a stochastic jump to s' asks for is s'^2 / s
        assert torch.allclose((to[rows] * s[rows]).sqrt().log(), torch.tensor(there).log(), atol=0.5)
        assert bool((t[rows] <= NEAREST * s[rows] * 1.001).all())
        assert bool((t[rows] >= max(there * 0.6, LOWEST * 0.999)).all())
    assert float(t.min()) < 2 * LOWEST


def test_the_slope_is_that_of_the_log_ratio_of_gaussians(objective: Matching) -> None:
    """With exact denoisers of what jumps make, spreads P, and of real sounds, T, F moves by t^2 grad log (p / q)."""
    network, rows = objective.network, 6
    real, made = (torch.exp(numbers(*network.spread.shape, seed=seed)) for seed in (1, 2))
    weights, x = torch.eye(len(CLASSES))[:rows], 0.3 * numbers(rows, 1, SMALL.length)
    s, to = torch.tensor([3.0, 3.0, 0.5, 0.5, 0.1, 0.1]), torch.tensor([0.08, 0.08, 0.02, 0.02, 0.0, 0.0])
    t, noise, again = s * torch.rand(rows), numbers(rows, 16, 128), numbers(rows, 16, 128, seed=3)
    for part, spread in ((network, real), (objective.frozen, real), (objective.critic, made)):
        part.spread.copy_(spread)
        torch.nn.init.zeros_(part.unet.leave.weight)
        part.unet.envelope = None  # F = 0: the Wiener filter of the spread, the critic's being asked in its own scales
    critic = objective.critic
    network.zero_grad()

    def heard(y, s, weights, power, guidance=None):
        """F of the critic's exact estimate, in the scales of the network's spread."""
        variance = critic.power(weights)
        skip, out = network.scales(s, power)
        return (variance / (variance + s[:, None, None] ** 2) * y - skip * y) / out

    seen = []
    network.whitened = lambda *asked, guidance=None: (
        seen.append(torch.zeros(rows, 16, 128).requires_grad_()) or seen[-1]
    )
    critic.whitened = heard
    objective.matched(x, s, weights, noise, to, None, t, again).sum().backward()

    level, y = t[:, None, None], network.frames.analyse(x[:, 0]) + s[:, None, None] * noise
    power, variance = network.power(weights), critic.power(weights)
    skip, out = network.scales(s, power, to)
    sound = skip * y
    kept = (level / s[:, None, None]) ** 2
    there = sound + kept * (y - sound) + level * (1 - kept).sqrt() * again
    ratio = there / (power + level**2) - there / (variance + level**2)  # grad log p_made - grad log p_real
    loud = objective.loudness(power)
    far = (loud * (sound - power / (power + level**2) * there).abs() / out).mean((1, 2), keepdim=True)
    torch.testing.assert_close(
        seen[0].grad, loud * level**2 * ratio / out / far / loud[0].numel(), rtol=1e-3, atol=1e-6
    )


@pytest.mark.slow
def test_jumps_find_the_spread_of_what_they_are_to_match() -> None:
    """Jumps that begin far too loud come to the loudness of the sounds that the teacher knows."""
    config = SMALL.changed(length=512, batch=16, jumps=1.0, jump_levels=(2.0, 0.2), critic_pace=3.0)
    sounds = (0.2 * numbers(64, 44100).clamp(-3, 3) * 32767).short()
    torch.manual_seed(0)
    kicks = torch.zeros(64, dtype=torch.long)
    objective = Matching(config, Corpus(sounds, kicks, kicks - 1, config.length))
    loud, end = torch.full((16,), 2.0), torch.zeros(16)
    weights, noise = torch.eye(len(CLASSES))[[0] * 16], 2 * numbers(16, 16, 32, seed=5)

    def spread() -> float:
        network, power = objective.network, objective.network.power(weights)
        skip, out = network.scales(loud, power, end)
        with torch.no_grad():
            made = skip * noise + out * network.whitened(noise, loud, weights, power, end)
        return float((made / power.sqrt())[:, :, 2:-2].std())

    with torch.no_grad():
        assert objective.network.unet.envelope is not None
        objective.network.unet.envelope.level.bias.fill_(0.7)
    before = spread()
    parts = [{"params": objective.network.parameters()}, {"params": objective.critic.parameters(), "lr": 9e-3}]
    optimiser, generator = torch.optim.Adam(parts, 3e-3, betas=(0.5, 0.99)), torch.Generator().manual_seed(0)
    for _, (x, soft) in zip(range(60), objective_batches(objective, sounds, generator)):
        optimiser.zero_grad()
        objective(x, *objective.draw(soft, generator)).backward()
        optimiser.step()
    after = spread()
    assert before > 1.5 and abs(after - 1) < 0.5 * abs(before - 1), (before, after)


def objective_batches(objective: Matching, sounds: torch.Tensor, generator: torch.Generator):
    while True:
        rows = torch.randint(len(sounds), (objective.config.batch,), generator=generator)
        x = sounds[rows, None, : objective.config.length].float() / 32768
        yield x, torch.eye(len(CLASSES))[[0] * len(rows)]


def test_a_run_begins_from_a_model_goes_on_with_its_critic_and_exports_what_jumps(packed, tmp_path) -> None:
    export(train("unet", packed, tmp_path / "plain", SMALL), None, tmp_path / "model")
    with pytest.raises(Error, match="a student follows the model that its run begins with; give one with --from"):
        train("student", packed, tmp_path / "nothing", SMALL)
    guided = SMALL.changed(guidance=3.0)
    run = train("student", packed, tmp_path / "run", guided, start=tmp_path / "model")
    before = load_checkpoint(run)["aside"]
    train("student", packed, tmp_path / "run", guided.changed(samples=8 * 5))
    after = load_checkpoint(run)["aside"]
    moved = {name.partition(".")[0] for name in before if not torch.equal(before[name], after[name])}
    assert moved == {"critic"}
    spec = export(run, None, tmp_path / "student")
    assert spec.jumps == LEVELS and spec.steps == 4 and spec.guided == (0.0, 3.0)
    resolved = load(tmp_path / "student").resolve(Hit(kick=1, seed=1, guidance=2.5)).hit
    assert (resolved.solver, resolved.steps, resolved.stochasticity) == ("flow_map", 4, 1.0)


def test_a_critic_learns_alone_until_the_jumps_may(packed, tmp_path) -> None:
    model = tmp_path / "model"
    export(train("unet", packed, tmp_path / "plain", SMALL), None, model)
    for share, moves in ((0.99, {"critic"}), (0.5, {"critic", "network"})):
        config = SMALL.changed(critic_alone=share, samples=8 * 4)
        state = load_checkpoint(train("student", packed, tmp_path / f"{share}", config, start=model))
        parts = {"network": state["network"], "critic": {n: state["aside"][f"critic.{n}"] for n in state["network"]}}
        began = {n: state["aside"][f"frozen.{n}"] for n in state["network"]}
        assert {name for name, now in parts.items() if any(not torch.equal(now[n], began[n]) for n in began)} == moves


def test_matching_without_levels_to_jump_from_is_refused(packed) -> None:
    corpus = Corpus.load(packed, "train", SMALL.length, torch.device("cpu"))
    for wrong in ({"jump_levels": ()}, {"jumps": 0.0}):
        with pytest.raises(Error, match="set jumps and jump_levels, as `--config student` does"):
            Matching(SMALL.changed(**wrong), corpus)


def test_the_recipe_is_a_config_of_a_student() -> None:
    config = load_config(Path("student"))
    assert config.jump_levels and config.jumps and config.guidance


def test_what_stands_beside_it_is_a_copy(objective: Matching) -> None:
    assert isinstance(objective.critic, WienerUNet) and isinstance(objective.frozen, WienerUNet)
    own = {id(p) for p in objective.network.parameters()}
    assert not own & {id(p) for p in objective.aside().parameters()}
    assert all(p.requires_grad for p in objective.critic.parameters())
    assert not any(p.requires_grad for p in objective.frozen.parameters())
