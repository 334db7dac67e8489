"""What a drum does not have: hiss before or after it, a tail that stops, DC, clicks, tones of the network's own.

All levels are in dB below the peak of the sound that they are measured on.
"""

import numpy as np
from torch import Tensor

LEAST = 1e-10  # -200 dB stands for silence
NEAR = 40  # bins of a spectrum to either side that are a neighbourhood
ONSET = 0.05  # of the peak: from there on it is the hit


def db(x: np.ndarray) -> np.ndarray:
    """Amplitudes in dB."""
    return np.asarray(20 * np.log10(np.maximum(x, LEAST)))


def floor_before(x: np.ndarray) -> np.ndarray:
    """RMS (n,) of what comes before each onset, sounds (n, N) with peak 1; NaN where the hit begins at once."""
    levels = np.full(len(x), np.nan)
    for i, start in enumerate((np.abs(x) >= ONSET).argmax(1)):
        if start >= 32:
            levels[i] = np.sqrt((x[i, : start - 16] ** 2).mean())
    return levels


def floor_after(x: np.ndarray, frame: int) -> np.ndarray | None:
    """RMS (n,) of the quietest frame in the second and third quarter: after the hit, before the fade; None without a
    frame."""
    quarter = x.shape[1] // 4
    middle = x[:, quarter : 3 * quarter]
    if middle.shape[1] < frame:
        return None
    frames = middle[:, : middle.shape[1] // frame * frame].reshape(len(x), -1, frame)
    return np.asarray(np.sqrt((frames**2).mean(2)).min(1))


def worst_line(x: np.ndarray, rate_hz: int) -> float | None:
    """dB of the strongest line at a multiple of rate / 32 above its neighbourhood, in the mean spectrum; None of
    sounds that are too short to tell lines apart."""
    late = x[:, x.shape[1] // 2 : -rate_hz // 20]
    if late.shape[1] < 32 * NEAR:
        return None
    power = (np.abs(np.fft.rfft(late * np.hanning(late.shape[1]), axis=1)) ** 2).mean(0)
    bins = np.round(np.arange(1, 16) * late.shape[1] / 32).astype(int)
    around = [np.median(np.r_[power[b - NEAR : b - 5], power[b + 6 : b + NEAR + 1]]) for b in bins]
    return float(max(10 * np.log10(power[b - 1 : b + 2].max() / max(level, 1e-30)) for b, level in zip(bins, around)))


def faults(sounds: Tensor, rate_hz: int = 44100) -> dict[str, float | None]:
    """The faults of a class of sounds (n, N): medians and shares; None where no sound has the place to measure."""
    x = sounds.double().numpy()
    peak = np.abs(x).max(1, keepdims=True)
    tail = np.abs(x[:, -rate_hz // 100 :]).max(1)
    dc = db(np.abs(x.mean(1)) / np.maximum(peak[:, 0], LEAST))
    line = worst_line(x, rate_hz)
    x = x / np.maximum(peak, LEAST)
    before, after = floor_before(x), floor_after(x, rate_hz // 100)
    before = before[~np.isnan(before)]
    return {
        "tail_50_db_down": float((tail <= peak[:, 0] * 10 ** (-50 / 20)).mean()),
        "tail_db": float(np.median(db(np.abs(x[:, -rate_hz // 100 :]).max(1)))),
        "dc_db": float(np.median(dc)),
        "worst_line_db": line,
        "floor_before_db": float(np.median(db(before))) if len(before) else None,
        "floor_after_db": None if after is None else float(np.median(db(after))),
        "first_step_db": float(np.percentile(db(np.abs(x[:, 0])), 95)),
        "last_step_db": float(np.percentile(db(np.abs(x[:, -1])), 95)),
    }
