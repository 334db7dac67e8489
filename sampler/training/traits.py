"""What one would hear of a hit, in figures: how fast it rises, how long it rings, how bright, rough, hissy and steady
it is, and how quiet it becomes.

Each takes sounds (n, N) and gives (n,). No figure is a fault by itself: it says something beside the same of
real sounds of the class. Levels are in dB below the peak, as in `faults.py`.
"""

from collections.abc import Callable

import numpy as np
from torch import Tensor

from .faults import db
from .metrics import squares

FRAME_S = 0.001
GRAIN = 4  # frames to a level of `grain_db`
AROUND = 50  # bins to either side, whose median a partial stands above
LOW_HZ = 1000  # below: where the tone of a kick or a tom lies
HISS_HZ = 8000  # above: where a kick or a tom has nothing left after its attack
SMOOTH_S = 0.04  # over which a drum that decays evenly is nearly straight in dB
SWAY_S, SWAY_OCTAVES = (
    0.1,
    0.3,
)  # over which the pitch of a drum that glides is nearly straight; how narrow one hears it
SWAY_HZ = (30, 500)  # where the lowest partial of a kick or a tom is
FEWER = 16  # of the samples are enough for it
NEAR_DB = 12  # below the loudest of these, within which a lower peak is a partial, too
SILENT_DB = -90.0  # what is quieter is not heard, nor told apart
TAIL_S = 0.02


def envelope(x: np.ndarray, rate_hz: int, low_hz: float = 0, high_hz: float = np.inf) -> np.ndarray:
    """Amplitude of the analytic signal (n, N) of the band low_hz to high_hz: that of a tone is smooth."""
    size = 2 * x.shape[1]  # twice the length, so that the end does not run into the start
    hz = np.fft.rfftfreq(size, 1 / rate_hz)
    keep = (hz > low_hz) & (hz <= high_hz)
    keep[-1] = False  # half the rate, which is its own mirror image
    return np.asarray(np.abs(np.fft.ifft(2 * keep * np.fft.rfft(x, size, axis=1), size, axis=1))[:, : x.shape[1]])


def strayed(x: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray, slice]:
    """(x where its mean over about `size` values is known, that mean, where it is) of x (n, N)."""
    size = size // 2 * 2 + 1
    total = np.cumsum(np.pad(x, ((0, 0), (1, 0))), axis=1)
    smooth = (total[:, size:] - total[:, :-size]) / size
    kept = slice(size // 2, size // 2 + smooth.shape[1])
    return x[:, kept], smooth, kept


def levels(x: np.ndarray, rate_hz: int) -> np.ndarray:
    """Mean square (n, frames) in frames of a millisecond."""
    frame = round(FRAME_S * rate_hz)
    frames = x[:, : x.shape[1] // frame * frame].reshape(len(x), -1, frame)
    return np.asarray((frames**2).mean(2))


def rise_ms(x: np.ndarray, rate_hz: int) -> np.ndarray:
    """From where the envelope is within 20 dB of its top to where it first is within 3 dB."""
    shape = envelope(x, rate_hz)
    top = shape.max(1, keepdims=True)
    start, end = (shape >= top * 10 ** (-20 / 20)).argmax(1), (shape >= top * 10 ** (-3 / 20)).argmax(1)
    return np.asarray(1000 * (end - start) / rate_hz)


def decay_ms(x: np.ndarray, rate_hz: int) -> np.ndarray:
    """From the loudest millisecond to the last that is within 40 dB of it."""
    power = levels(x, rate_hz)
    loud = power >= power.max(1, keepdims=True) * 1e-4
    last = power.shape[1] - 1 - loud[:, ::-1].argmax(1)
    return np.asarray(1000 * FRAME_S * (last - power.argmax(1)))


def centroid_hz(x: np.ndarray, rate_hz: int) -> np.ndarray:
    """Mean frequency, by amplitude."""
    amplitude = np.abs(np.fft.rfft(x, axis=1))
    hz = np.fft.rfftfreq(x.shape[1], 1 / rate_hz)
    return np.asarray(amplitude @ hz / np.maximum(amplitude.sum(1), 1e-12))


def flutter_db(x: np.ndarray, rate_hz: int) -> np.ndarray:
    """RMS of how far the envelope below 1 kHz strays from its own mean over 40 ms, while within 30 dB of its top.

    A decaying tone has none; noise, whose envelope is Rayleigh's, has about 5.6 dB.
    """
    shape = envelope(x, rate_hz, 20, LOW_HZ)
    level, smooth, _ = strayed(np.asarray(db(shape)), round(SMOOTH_S * rate_hz))
    stray = level - smooth
    top = smooth.max(1, keepdims=True)
    counts = smooth > top - 30
    return np.asarray(np.sqrt((stray**2 * counts).sum(1) / np.maximum(counts.sum(1), 1)))


def partials_db(x: np.ndarray, rate_hz: int) -> np.ndarray:
    """How far the highest hundredth of the spectrum stands above the median around it, 0.1 to 12 kHz, 30 to 400 ms.

    Noise has 10 log10(ln 100 / ln 2) = 8.2 dB; metal and skins have partials, which stand higher.
    """
    part = x[:, 3 * rate_hz // 100 : 4 * rate_hz // 10]
    power = np.abs(np.fft.rfft(part * np.hanning(part.shape[1]), axis=1)) ** 2
    hz = np.fft.rfftfreq(part.shape[1], 1 / rate_hz)
    around = np.median(np.lib.stride_tricks.sliding_window_view(power, 2 * AROUND + 1, axis=1)[:, ::8], axis=2)
    middle = slice(AROUND, len(hz) - AROUND)
    around = np.repeat(around, 8, axis=1)[:, : len(hz) - 2 * AROUND]
    kept = (hz[middle] > 100) & (hz[middle] < 12_000)
    above = power[:, middle][:, kept] / np.maximum(around[:, kept], 1e-30)
    return np.asarray(10 * np.log10(np.maximum(np.percentile(above, 99, axis=1), 1e-10)))


def grain_db(x: np.ndarray, rate_hz: int) -> np.ndarray:
    """RMS of how far the level of 4 ms above 1 kHz strays from its own mean over 44 ms, within 40 dB of the top.

    Even noise has 0.4 dB; clicks, ticks and stripes across the spectrum add to it.
    """
    hz = np.fft.rfftfreq(x.shape[1], 1 / rate_hz)
    high = np.fft.irfft(np.fft.rfft(x, axis=1) * (hz > LOW_HZ), x.shape[1], axis=1)
    power = levels(high, rate_hz)
    power = power[:, : power.shape[1] // GRAIN * GRAIN].reshape(len(x), -1, GRAIN).mean(2)
    level = np.asarray(db(np.sqrt(power)))
    windows = np.lib.stride_tricks.sliding_window_view(level, 11, axis=1)
    stray, smooth = windows[..., 5] - windows.mean(2), windows.mean(2)
    counts = smooth > smooth.max(1, keepdims=True) - 40
    return np.asarray(np.sqrt((stray**2 * counts).sum(1) / np.maximum(counts.sum(1), 1)))


def hiss_db(x: np.ndarray, rate_hz: int) -> np.ndarray:
    """RMS above 8 kHz from 100 to 300 ms after the loudest sample, in dB below the peak, at least `SILENT_DB`."""
    peak = np.maximum(np.abs(x).max(1), 1e-10)
    high = envelope(x, rate_hz, HISS_HZ) / np.sqrt(2)
    found = []
    for row, start in zip(high, np.abs(x).argmax(1)):
        late = row[start + rate_hz // 10 : start + 3 * rate_hz // 10]
        found.append(np.sqrt((late**2).mean()) if late.size else np.nan)
    return np.maximum(db(np.array(found) / peak), SILENT_DB)


def lowest_hz(x: np.ndarray, rate_hz: int) -> np.ndarray:
    """Frequency of the lowest partial: the lowest peak from 30 to 500 Hz within 12 dB of the highest there."""
    size = 4 * rate_hz  # a quarter of a hertz
    power = np.abs(np.fft.rfft(x * np.hanning(2 * x.shape[1])[x.shape[1] :], size, axis=1)) ** 2
    low, high = (round(hz * size / rate_hz) for hz in SWAY_HZ)
    power = power[:, low : high + 1]
    middle = power[:, 1:-1]
    peaks = (middle >= power[:, :-2]) & (middle > power[:, 2:])
    near = middle > middle.max(1, keepdims=True) * 10 ** (-NEAR_DB / 10)
    first = np.where((peaks & near).any(1), (peaks & near).argmax(1), middle.argmax(1))
    return np.asarray((low + 1 + first) * rate_hz / size)


def sway_cents(x: np.ndarray, rate_hz: int) -> np.ndarray:
    """Median of how far the pitch of the lowest partial strays from its own mean over 100 ms, while within 30 dB of its
    top.

    Heard through a Gaussian of 0.3 octaves. A tone has none, one that glides hardly any, noise through it 140.
    """
    hz = lowest_hz(x, rate_hz)[:, None]
    size = 2 * x.shape[1] // FEWER * FEWER
    spectrum = np.fft.rfft(x, size, axis=1)[:, : size // FEWER // 2 + 1]
    octaves = np.log2(np.maximum(np.arange(spectrum.shape[1]) * rate_hz / size, 1e-3) / hz)
    spectrum = 2 / FEWER * np.exp(-0.5 * (octaves / SWAY_OCTAVES) ** 2) * spectrum
    band = np.fft.ifft(spectrum, size // FEWER, axis=1)[:, : x.shape[1] // FEWER]
    turn = np.angle(band[:, 1:] * np.conj(band[:, :-1])) * rate_hz / FEWER / (2 * np.pi)
    cents, smooth, kept = strayed(1200 * np.log2(np.maximum(turn, hz / 4) / hz), round(SWAY_S * rate_hz / FEWER))
    shape = np.abs(band[:, 1:])[:, kept]
    counts = shape > shape.max(1, keepdims=True) * 10 ** (-30 / 20)
    return np.array([np.median(row[some]) if some.any() else 0.0 for row, some in zip(np.abs(cents - smooth), counts)])


def tail_db(part: float) -> Callable[[np.ndarray, int], np.ndarray]:
    """RMS of 20 ms around that part of the length, in dB below the peak, at least `SILENT_DB`."""

    def trait(x: np.ndarray, rate_hz: int) -> np.ndarray:
        middle, half = part * x.shape[1], TAIL_S * rate_hz / 2
        found = np.sqrt((x[:, round(middle - half) : round(middle + half)] ** 2).mean(1))
        return np.maximum(db(found / np.maximum(np.abs(x).max(1), 1e-10)), SILENT_DB)

    return trait


TRAITS: dict[str, Callable[[np.ndarray, int], np.ndarray]] = {
    "rise_ms": rise_ms, "decay_ms": decay_ms, "centroid_hz": centroid_hz, "flutter_db": flutter_db,
    "partials_db": partials_db, "grain_db": grain_db, "hiss_db": hiss_db, "sway_cents": sway_cents,
    "tail_50_db": tail_db(0.5), "tail_75_db": tail_db(0.75), "tail_95_db": tail_db(0.95),
}  # fmt: skip


def traits(sounds: Tensor, rate_hz: int = 44100) -> dict[str, np.ndarray]:
    """Every trait (n,) of sounds (n, N)."""
    parts = [part.double().numpy() for part in sounds.split(64)]
    return {name: np.concatenate([trait(part, rate_hz) for part in parts]) for name, trait in TRAITS.items()}


def variety(embeddings: np.ndarray) -> float:
    """Root mean square distance between two different rows (n, D): how unlike each other the sounds of a set are."""
    n = len(embeddings)
    return float(np.sqrt(squares(embeddings, embeddings).sum() / (n * (n - 1)))) if n > 1 else 0.0
