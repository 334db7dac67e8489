"""Write VGGish or CLAP as a file for `driftkit evaluate --embedding`, where their libraries are installed.

python research/embeddings.py vggish vggish.pt [WEIGHTS.pth]   needs torchvggish
python research/embeddings.py clap clap.pt [FOLDER]            needs transformers

Without a third argument each library looks for its own published weights, which may mean a download. The front ends,
which both libraries compute outside of torch, are written here as modules.
"""

import sys
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

BATCH = 16  # sounds that driftkit hands over at a time


def triangles(
    mel: Callable[[Tensor], Tensor], low_hz: float, high_hz: float, bands: int, fft: int, rate: int
) -> Tensor:
    """Mel filters (bands, fft // 2 + 1) of height 1, straight in mel, as VGGish has them."""
    ends = mel(torch.tensor([low_hz, high_hz], dtype=torch.float64)).tolist()
    edges = torch.linspace(*ends, bands + 2, dtype=torch.float64)[:, None]
    bins = mel(torch.arange(fft // 2 + 1, dtype=torch.float64) * rate / fft)
    rise, fall = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2]), (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    filters = torch.minimum(rise, fall).clamp_min(0)
    filters[:, 0] = 0
    return filters.float()


def htk(hz: Tensor) -> Tensor:
    """Mel of HTK."""
    return 1127 * (1 + hz / 700).log()


class Vggish(nn.Module):
    """(B, N) at 16 kHz -> (B, 128): the first 0.96 s, as 96 frames of 25 ms in 64 mel bands from 125 to 7500 Hz."""

    rate_hz = 16_000

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network
        self.register_buffer("window", torch.hann_window(400))
        self.register_buffer("filters", triangles(htk, 125, 7500, 64, 512, self.rate_hz))

    def features(self, sounds: Tensor) -> Tensor:
        """(B, N) -> (B, 96, 64)."""
        x = F.pad(sounds, (0, 15_600))[:, :15_600]
        spectrum = torch.fft.rfft(x.unfold(1, 400, 160) * self.window, 512).abs()
        return (spectrum @ self.filters.T + 0.01).log()

    def forward(self, sounds: Tensor) -> Tensor:
        return self.network(self.features(sounds)[:, None])


class Clap(nn.Module):
    """(B, N) at 48 kHz, at most 10 s -> (B, 512): repeated to 10 s, 1001 frames in 64 mel bands to 14 kHz."""

    rate_hz = 48_000

    def __init__(self, network: nn.Module, filters: Tensor) -> None:
        super().__init__()
        self.network = network
        self.register_buffer("window", torch.hann_window(1024))
        self.register_buffer("filters", filters)

    def features(self, sounds: Tensor) -> Tensor:
        """(B, N) -> (B, 1001, 64) in dB."""
        place, length = torch.arange(10 * self.rate_hz), sounds.shape[1]
        whole = place < 10 * self.rate_hz // length * length  # what is left after whole repetitions is silence
        x = sounds[:, place % length] * whole
        spectrum = torch.stft(x, 1024, 480, window=self.window, pad_mode="reflect", return_complex=True)
        return 10 * (self.filters @ spectrum.abs().square()).clamp_min(1e-10).log10().mT

    def forward(self, sounds: Tensor) -> Tensor:
        features = self.features(sounds)[:, None]
        longer = torch.zeros(len(sounds), 1, dtype=torch.bool)
        found = self.network.get_audio_features(input_features=features, is_longer=longer)
        return found if isinstance(found, Tensor) else found.pooler_output


def vggish(weights: str | None) -> Vggish:
    """By torchvggish, or from its file of weights."""
    from torchvggish import torchvggish as library

    network = library.VGG(library.make_layers(), False)
    tensors = torch.load(weights) if weights else torch.hub.load_state_dict_from_url(library.VGGISH_WEIGHTS)
    network.load_state_dict(tensors)
    return Vggish(network)


def clap(folder: str | None) -> Clap:
    """By transformers, from a folder with the model."""
    from transformers import ClapFeatureExtractor, ClapModel

    name = folder or "laion/clap-htsat-unfused"
    filters = ClapFeatureExtractor.from_pretrained(name).mel_filters_slaney
    return Clap(ClapModel.from_pretrained(name), torch.from_numpy(filters.T.copy()).float())


MAKERS: dict[str, Callable[[str | None], nn.Module]] = {"vggish": vggish, "clap": clap}


def save(module: nn.Module, file: str) -> None:
    """As TorchScript, with the rate that it hears at."""
    with torch.no_grad():
        traced = torch.jit.trace(module.eval(), 0.1 * torch.randn(BATCH, module.rate_hz // 2))
    torch.jit.save(traced, file, _extra_files={"rate_hz": str(module.rate_hz)})


def main() -> None:
    """NAME FILE [WEIGHTS]"""
    if len(sys.argv) not in (3, 4) or sys.argv[1] not in MAKERS:
        sys.exit(str(__doc__))
    save(MAKERS[sys.argv[1]](sys.argv[3] if len(sys.argv) == 4 else None), sys.argv[2])


if __name__ == "__main__":
    main()
