"""The draft of what lasts: a tone passes where noise does not; odd, by class alone at first, and not used then."""

import math

import pytest
import torch

from driftkit.sampler.networks.frames import Frames
from driftkit.sampler.networks.tones import BINS, WINDOW, Tones
from driftkit.sampler.networks.wiener import WienerUNet, class_spreads
from driftkit.sampler.training.jumps import NEW

LENGTH = 8192
CLASSES = torch.eye(2)[[0, 1, 0]]
FROM = torch.tensor([5.0, 0.5, 0.01])
TO = torch.tensor([1.0, 0.0, 0.001])


def numbers(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def tone(hertz: float, length: int = LENGTH) -> torch.Tensor:
    return 0.5 * torch.sin(2 * math.pi * hertz / 44100 * torch.arange(length))[None]


def network(tones: bool = True) -> WienerUNet:
    torch.manual_seed(0)
    made = WienerUNet(LENGTH, 32, 2, (16, 16), 16, reach=True, listens=True, tones=tones)
    made.spread.copy_(0.3 * torch.exp(-4 * torch.rand(made.spread.shape)))
    if made.tones is not None:
        made.tones.spread.copy_(torch.exp(-3 * torch.rand(made.tones.spread.shape)))
    return made


def test_the_lowest_bins_are_those_of_the_whole_transform_and_what_is_left_out_is_silent() -> None:
    whole, part, x = Frames(64), Frames(64, 20), numbers(2, 640)
    torch.testing.assert_close(part.analyse(x), whole.analyse(x)[:, :20])
    kept = whole.analyse(x)
    kept[:, 20:] = 0
    torch.testing.assert_close(part.synthesise(part.analyse(x)), whole.synthesise(kept))


@pytest.mark.parametrize("length", [LENGTH, 3 * WINDOW + 500])
def test_it_begins_as_the_wiener_filter_of_its_class(length: int) -> None:
    tones, sounds, s = Tones(length, 1), tone(440, length), 0.5
    tones.spread.copy_(class_spreads(tones.frames, sounds, [torch.tensor([True])], smooth=1))
    noisy = sounds + s * numbers(1, length)
    with torch.no_grad():
        draft = tones(noisy, torch.tensor([s]), torch.ones(1, 1))
    assert draft.shape == noisy.shape
    error = (draft - sounds).square().mean() / (noisy - sounds).square().mean()
    assert float(error) < 0.03, "a tone is in a hundredth of the bins"


def test_told_that_a_class_is_louder_or_softer_it_lets_more_or_less_through() -> None:
    tones = Tones(LENGTH, 1)
    power, y = [], numbers(1, LENGTH)
    for told in (-5.0, 0.0, 5.0):
        with torch.no_grad():
            tones.leave.bias.fill_(told)
            power.append(float(tones(y, torch.ones(1), torch.ones(1, 1)).square().mean()))
    # S and s are 1: gains are 1 / (1 + e^-G), and half of the bins are drafted
    expected = [BINS / WINDOW / (1 + math.exp(-6 * math.tanh(told / 6))) ** 2 for told in (-5.0, 0.0, 5.0)]
    assert power == pytest.approx(expected, rel=0.1)


def test_the_estimate_turns_with_polarity() -> None:
    model = network()
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.1, generator=torch.Generator().manual_seed(3))
    y = numbers(3, 1, LENGTH)
    with torch.no_grad():
        torch.testing.assert_close(model(-y, FROM, CLASSES, TO), -model(y, FROM, CLASSES, TO))


def test_weights_without_it_load_and_mean_the_same_until_it_is_trusted() -> None:
    plain, able = network(tones=False), network()
    torch.nn.init.normal_(plain.unet.leave.weight, std=0.1)
    lacking = {k: v for k, v in able.state_dict().items() if k not in plain.state_dict()}
    assert lacking and all(name.endswith(NEW) for name in lacking)
    able.load_state_dict(plain.state_dict() | lacking)
    y = numbers(3, 1, LENGTH)
    with torch.no_grad():
        torch.testing.assert_close(able(y, FROM, CLASSES, TO), plain(y, FROM, CLASSES, TO))
        assert able.unet.trust is not None
        able.unet.trust.level.bias.fill_(1)
        assert not torch.allclose(able(y, FROM, CLASSES, TO), plain(y, FROM, CLASSES, TO), atol=1e-3)


def test_every_weight_of_it_learns_once_the_draft_is_used() -> None:
    model = network()
    assert model.tones is not None and model.unet.trust is not None
    for weight in (model.tones.leave.weight, model.unet.trust.level.bias):
        torch.nn.init.normal_(weight, std=0.1, generator=torch.Generator().manual_seed(1))
    model(numbers(3, 1, LENGTH), FROM, CLASSES).square().mean().backward()
    still = [name for name, p in model.tones.named_parameters() if p.grad is None or not p.grad.abs().max() > 0]
    assert not still
