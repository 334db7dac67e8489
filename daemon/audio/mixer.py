"""The mixer: voices summed into blocks of one or more pairs of channels, exact to the sample, in numpy alone.

It runs inside the audio callback, so it takes no lock, waits for nothing and keeps every buffer from the
beginning. Time is counted in frames since the first block. What shall happen is scheduled at a frame and
happens at exactly that frame, in the order of the frames, or at the next block where that has passed.

Of a drum machine's habits: hits of a pad ring over each other, as on a drum; hits of one choke group, the pad's
own among them, end each other, as hats do. Whatever ends early fades out over 5 ms, so nothing clicks.
"""

import heapq
from collections.abc import MutableSequence

import numpy as np

VOICES = 32  # that sound at a time; another hit fades the oldest out
TAILS = 32  # that may be fading out beside them
WAITING = 1024  # events scheduled ahead
FADE_S = 0.005
KNEE = 181 / 256  # -3.01 dBFS; a dyadic number, so that KNEE + (1 - KNEE) is 1 in float32 too
CHUNK = 1024  # frames mixed at a time
FOREVER = 1 << 62

_Event = tuple[int, int, "np.ndarray | None", int, int, int, float, float, int]
"""(frame, order, samples or None to stop, slot, pad, choke group, left, right, pair)."""


class Voice:
    """A Sound on its way out: frame `begin` is its first, from frame `fade` on it fades out."""

    __slots__ = ("begin", "fade", "gains", "group", "pad", "pair", "samples", "slot")

    def __init__(self) -> None:
        self.samples = np.zeros((0, 1), np.float32)
        self.gains = np.ones(2, np.float32)
        self.slot = self.pad = self.group = self.pair = self.begin = 0
        self.fade = FOREVER


class Mixer:
    """Schedules, mixes and limits. `uses[slot]` counts the scheduled and sounding voices of each slot."""

    def __init__(self, rate_hz: int, uses: MutableSequence[int], pairs: int = 1) -> None:
        self.frame = 0  # the first one of the next block
        self.started = 0  # the order of the last play whose first frame has been mixed
        self.dropped = 0  # plays for which there was no room
        self._uses = uses
        self._waiting: list[_Event] = []
        self._idle = [Voice() for _ in range(VOICES + TAILS)]
        self._active: list[Voice] = []  # oldest first
        count = max(1, round(FADE_S * rate_hz))
        self._ramp = (0.5 + 0.5 * np.cos(np.pi * np.arange(1, count + 1) / count)).astype(np.float32)[:, None]
        self._pairs = pairs
        self._part = np.zeros((CHUNK, 2), np.float32)
        self._size = np.zeros((CHUNK, 2 * pairs), np.float32)
        self._bent = np.zeros((CHUNK, 2 * pairs), np.float32)

    @property
    def voices(self) -> int:
        """Voices that sound or fade out now."""
        return len(self._active)

    def play(
        self, frame: int, order: int, samples: np.ndarray, slot: int, pad: int, group: int, left: float, right: float,
        pair: int = 0,
    ) -> None:  # fmt: skip
        """Schedule `samples` (n, 1 or 2) float32 at `frame`; `order` is unique and grows with every event.

        pair: of channels, from 0, counted round where there are fewer.
        """
        if len(self._waiting) >= WAITING:
            self.dropped += 1
            return
        self._uses[slot] += 1
        heapq.heappush(self._waiting, (frame, order, samples, slot, pad, group, left, right, pair))

    def stop(self, frame: int, order: int, pad: int) -> None:
        """Schedule the end of a pad's voices (0: of all); from the next block on, what it has scheduled goes too."""
        if frame <= self.frame:
            for event in self._waiting:
                if event[2] is not None and pad in (0, event[4]):
                    self._uses[event[3]] -= 1
            self._waiting = [event for event in self._waiting if event[2] is None or pad not in (0, event[4])]
            heapq.heapify(self._waiting)
        if len(self._waiting) < WAITING + TAILS:
            heapq.heappush(self._waiting, (frame, order, None, 0, pad, 0, 0.0, 0.0, 0))

    def render(self, out: np.ndarray) -> None:
        """Fill `out` (frames, 2 for each pair) float32 with what sounds from `frame` on, and go on by that much."""
        for start in range(0, len(out), CHUNK):
            self._render(out[start : start + CHUNK])

    def _render(self, out: np.ndarray) -> None:
        after = self.frame + len(out)
        while self._waiting and self._waiting[0][0] < after:
            self._happen(heapq.heappop(self._waiting))
        out.fill(0)
        ended = False
        for voice in self._active:
            ended |= self._add(voice, out)
        if ended:
            self._retire(after)
        self._limit(out)
        self.frame = after

    def _happen(self, event: _Event) -> None:
        frame, order, samples, slot, pad, group, left, right, pair = event
        frame = max(frame, self.frame)
        if samples is None:
            for voice in self._active:
                if pad in (0, voice.pad):
                    voice.fade = min(voice.fade, frame)
            return
        sounding, oldest = 0, None
        for voice in self._active:
            if group and voice.group == group:
                voice.fade = min(voice.fade, frame)
            elif voice.fade == FOREVER and self._end(voice) > frame:
                sounding += 1
                oldest = oldest or voice
        if sounding >= VOICES and oldest is not None:
            oldest.fade = frame
        if not self._idle or not len(samples):
            self.dropped += 1
            self._uses[slot] -= 1
            return
        voice = self._idle.pop()
        voice.samples, voice.slot, voice.pad, voice.group = samples, slot, pad, group
        voice.gains[0], voice.gains[1] = left, right
        voice.pair = pair % self._pairs
        voice.begin, voice.fade = frame, FOREVER
        self._active.append(voice)
        self.started = order

    def _end(self, voice: Voice) -> int:
        """The frame after a voice's last one."""
        return min(voice.begin + len(voice.samples), voice.fade + len(self._ramp))

    def _add(self, voice: Voice, out: np.ndarray) -> bool:
        """Add what of a voice lies in this block; True where it ends there."""
        first, end = max(voice.begin, self.frame), self._end(voice)
        count = min(self.frame + len(out), end) - first
        if count > 0:
            part, position = self._part[:count], first - voice.begin
            np.multiply(voice.samples[position : position + count], voice.gains, out=part)
            faded = first - voice.fade  # frames of the fade that are behind
            if faded + count > 0:
                skip = max(-faded, 0)
                part[skip:] *= self._ramp[faded + skip : faded + count]
            at = first - self.frame
            out[at : at + count, 2 * voice.pair : 2 * voice.pair + 2] += part
        return end <= self.frame + len(out)

    def _retire(self, after: int) -> None:
        for index in range(len(self._active) - 1, -1, -1):
            if self._end(self._active[index]) <= after:
                voice = self._active.pop(index)
                self._uses[voice.slot] -= 1
                self._idle.append(voice)

    def _limit(self, out: np.ndarray) -> None:
        """Soft limiter, sample by sample: y = x up to the knee, above it k + (1 - k) tanh((|x| - k) / (1 - k)).

        Its slope has no step and |y| never exceeds 1. It needs no look ahead, so it costs no latency.
        """
        size, bent = self._size[: len(out)], self._bent[: len(out)]
        np.abs(out, out=size)
        if size.max() <= KNEE:
            return
        np.subtract(size, KNEE, out=bent)
        np.maximum(bent, 0, out=bent)
        bent /= 1 - KNEE
        np.tanh(bent, out=bent)
        bent *= 1 - KNEE
        np.minimum(size, KNEE, out=size)
        bent += size
        np.copysign(bent, out, out=out)
