"""A network that hears how loud a sound is: exact where it knows the spectrum, odd, and nothing new at first."""

import math

import pytest
import torch

from driftkit.sampler.networks.unet import Envelope
from driftkit.sampler.networks.wiener import WienerUNet, correction
from driftkit.sampler.training.jumps import NEW

FROM = torch.tensor([80.0, 5.0, 1.0, 0.3, 0.05, 2.0, 0.01])
TO = torch.tensor([20.0, 1.0, 0.9, 0.1, 0.0, 0.0, 5e-4])


def numbers(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def network(listens: bool = True, **more: tuple[object, ...]) -> WienerUNet:
    made = WienerUNet(640, 1, 2, (16, 16), 16, reach=True, front="patches", listens=listens, **more)
    made.spread.copy_(torch.logspace(-4, 0, 640).expand(3, 1, 640))
    return made


@pytest.mark.parametrize("louder_db", [-40, -6, 0, 12, 40])
def test_told_the_true_spectrum_it_is_its_wiener_filter_and_its_exact_flow(louder_db: float) -> None:
    model, gain = network(), math.log(10) * louder_db / 20
    with torch.no_grad():
        model.unet.envelope.level.bias.fill_(5 * math.atanh(gain / 5))
    true = model.spread[0, 0].double() * math.exp(gain)
    weights, s, to = torch.eye(2)[[0, 1, 0, 1, 0, 1, 0]], FROM[:, None, None].double(), TO[:, None, None].double()
    y = (s**2 + true**2).sqrt() * numbers(7, 1, 640).double()
    with torch.no_grad():
        clean = model(y.float(), FROM, weights).double()
        landed = model(y.float(), FROM, weights, TO).double()
    torch.testing.assert_close(clean, true**2 / (s**2 + true**2) * y, rtol=1e-4, atol=1e-6)
    flow = ((to**2 + true**2) / (s**2 + true**2)).sqrt() * y
    # in float32, what is left of noise at s is told from the noise itself to seven digits
    assert float(((landed + to / s * (y - landed) - flow).abs() / (flow.abs() + 1e-6 * s)).max()) < 0.01


def test_a_jump_of_no_length_is_the_limit_of_short_ones() -> None:
    power, gain = numbers(7, 4, 8).square(), numbers(7, 4, 8, seed=1)
    still, short = (correction(FROM, power, gain, FROM * share) for share in (1, 1 - 1e-3))
    torch.testing.assert_close(short, still, rtol=5e-3, atol=1e-5)


def test_size_does_not_depend_on_polarity_and_the_estimate_only_turns_with_it() -> None:
    model = network()
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.2, generator=torch.Generator().manual_seed(3))
    y, weights = numbers(7, 1, 640), torch.eye(2)[[0, 1, 0, 1, 0, 1, 0]]
    with torch.no_grad():
        torch.testing.assert_close(model(-y, FROM, weights, TO), -model(y, FROM, weights, TO))
    heard = Envelope(16, 4, 8)
    torch.nn.init.normal_(heard.size.weight, std=9)
    h = numbers(2, 16, 32)
    assert torch.equal(heard(h, numbers(2, 8)), heard(-h, numbers(2, 8)))
    assert float(heard(h, numbers(2, 8)).detach().abs().max()) <= 5


def test_weights_without_it_load_and_mean_the_same() -> None:
    plain, able = network(listens=False), network()
    torch.nn.init.normal_(plain.unet.leave.weight, std=0.1)
    lacking = {k: v for k, v in able.state_dict().items() if k not in plain.state_dict()}
    assert lacking and all(name.endswith(NEW) for name in lacking)
    able.load_state_dict(plain.state_dict() | lacking)
    y, weights = numbers(7, 1, 640), torch.eye(2)[[0, 1, 0, 1, 0, 1, 0]]
    with torch.no_grad():
        torch.testing.assert_close(able(y, FROM, weights, TO), plain(y, FROM, weights, TO))
        torch.testing.assert_close(able(y, FROM, weights), plain(y, FROM, weights))


def test_a_temperature_makes_jumps_those_of_a_quieter_spectrum_and_leaves_the_denoiser() -> None:
    cooled, plain = network(temperatures=((0.1, 1.0), (1.0, 0.5), (10.0, 2.0))), network()
    y, weights = numbers(7, 1, 640), torch.eye(2)[[0, 1, 0, 1, 0, 1, 0]]
    #        s = 80, 5, 1, 0.3, 0.05, 2, 0.01; beyond the ends the nearest, between them linear in both logarithms
    tau = [2, 0.5 * 4 ** math.log10(5), 0.5, 0.5 ** math.log10(3), 1, 0.5 * 4 ** math.log10(2), 1]
    torch.testing.assert_close(cooled.log_tau(FROM, TO)[:, 0, 0], torch.tensor(tau).log())
    with torch.no_grad():
        for row, share in enumerate(tau):
            plain.unet.envelope.level.bias.fill_(5 * math.atanh(math.log(share) / 5))  # G is squashed to 5
            one = slice(row, row + 1)
            asked = y[one], FROM[one], weights[one], TO[one]
            torch.testing.assert_close(cooled(*asked), plain(*asked), rtol=1e-4, atol=1e-5)
        plain.unet.envelope.level.bias.fill_(0)
        torch.testing.assert_close(cooled(y, FROM, weights), plain(y, FROM, weights), rtol=0, atol=0)
        torch.testing.assert_close(cooled(y, FROM, weights, FROM), plain(y, FROM, weights, FROM), rtol=0, atol=0)


@pytest.mark.parametrize("wrong", [((1.0, 0.5), (0.5, 1.0)), ((1.0, 0.0),), ((0.0, 1.0),)])
def test_temperatures_that_mean_nothing_are_refused(wrong: tuple[tuple[float, float], ...]) -> None:
    with pytest.raises(ValueError, match="temperatures is"):
        network(temperatures=wrong)
    with pytest.raises(ValueError, match="listens"):
        network(listens=False, temperatures=((1.0, 0.5),))


def test_g_is_evened_over_frames_where_there_is_little_noise() -> None:
    able, gain, s = network(evens=(0.3, 5)), numbers(2, 3, 11), torch.tensor([0.29, 0.3])
    found = able.evened(gain, s)
    assert torch.equal(found[1], gain[1])
    torch.testing.assert_close(found[0, :, 4], gain[0, :, 2:7].mean(1))
    torch.testing.assert_close(found[0, :, 0], (3 * gain[0, :, 0] + gain[0, :, 1] + gain[0, :, 2]) / 5)
    assert torch.equal(network().evened(gain, s), gain)


def test_noise_comes_out_as_even_as_its_envelope_where_what_is_heard_strays() -> None:
    """The estimate of a sound whose true spectrum is S: a G that strays from frame to frame makes grains of it."""
    plain, able = network(), network(evens=(1.0, 129))
    stray = 0.8 * (-1.0) ** torch.arange(640)[None, None]
    y, s, weights = numbers(1, 1, 640), torch.full((1,), 0.5), torch.eye(2)[:1]
    off = []
    for one in (plain, able):
        one.unet.forward = lambda u, v, *rest: (torch.zeros_like(u), stray)
        with torch.no_grad():
            power = one.power(weights)
            right, _ = one.scales(s, power)
            off.append(float((one(y, s, weights) / y - right)[..., 64:-64].square().mean().sqrt()))
    assert off[1] < 0.05 * off[0]


@pytest.mark.parametrize("wrong", [(0.3,), (0.0, 5), (0.3, 4), (0.3, 1), (0.3, 5, 7)])
def test_evens_that_mean_nothing_are_refused(wrong: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="evens is"):
        network(evens=wrong)
    with pytest.raises(ValueError, match="listens"):
        network(listens=False, evens=(0.3, 5))
