"""`serve --outputs pads` on a JACK server of 32 channels, all of them recorded by JACK's own recorder."""

import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from rig.daemon import Daemon, presets, until
from rig.jack import jack_server
from rig.listening import FADE, RATE, bundle, opened
from rig.osc import OscClient, message
from rig.tools import need

CHANNELS = 32
GAIN = np.float32(10 ** (-6 / 20))
KIT = """pads:
  1: {kick: 1, steps: 1, seed: 1, gain_db: -6}
  2: {snare: 1, steps: 1, seed: 2, gain_db: -6, output: 9}
  3: {hihat_closed: 1, steps: 1, seed: 3, gain_db: -6, choke: 1}
  4: {hihat_open: 1, steps: 1, seed: 4, gain_db: -6, choke: 1}
  16: {tom: 1, steps: 1, seed: 5, gain_db: -6}
"""


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """One that plays every pad on its own pair."""
    need("jack_rec", "jackd2")
    home = tmp_path_factory.mktemp("user")
    presets(home).mkdir(parents=True)
    (presets(home) / "apart.yaml").write_text(KIT)
    options = ("--audio", "system", "--outputs", "pads", "--audio-block", 256, "--depth", "float", "--preset", "apart")
    with jack_server(outputs=CHANNELS) as env, pytest.MonkeyPatch.context() as patch:
        for name, value in env.items():
            patch.setenv(name, value)
        with Daemon(home, tmp_path_factory.mktemp("out"), *options) as running:
            assert running.ready["audio"] == "system"
            yield running


def recorded(folder: Path, act: Callable[[], object]) -> np.ndarray:
    """What the daemon's 32 ports give while somebody acts and for a second more: (n, 32)."""
    there = subprocess.run(["jack_lsp"], capture_output=True, text=True, check=True).stdout.split()
    ports = sorted((port for port in there if ":out_" in port), key=lambda port: int(port.rpartition("_")[2]))
    assert len(ports) == CHANNELS
    file = folder / "all.wav"
    with subprocess.Popen(
        ["jack_rec", "-f", str(file), "-d", "3", "-b", "32", *ports], stdout=subprocess.DEVNULL
    ) as run:
        until(lambda: "jackrec" in subprocess.run(["jack_lsp"], capture_output=True, text=True).stdout, "the recorder")
        until(lambda: file.exists() and file.stat().st_size > 0, "a recording")
        act()
        assert run.wait(60) == 0
    return soundfile.read(file, dtype="float32", always_2d=True)[0]


def test_every_pad_is_heard_on_its_own_pair_and_chokes_across_them(daemon: Daemon, tmp_path: Path) -> None:
    with OscClient(daemon.port) as osc:
        opened(osc, "apart")
        assert "16 pairs of outputs" in daemon.stderr
        start = 0.0

        def act() -> None:
            nonlocal start
            start = time.time() + 0.3
            osc.raw(bundle(start, *(message("/play", pad) for pad in (1, 2, 16, 4))))
            osc.raw(bundle(start + 0.1, message("/play", 3)))

        heard = recorded(tmp_path, act)
    pairs = {1: 1, 2: 9, 16: 16, 3: 3}
    begin = {}
    for pad, pair in pairs.items():
        own = soundfile.read(daemon.live(pad), dtype="float32", always_2d=True)[0] * GAIN
        part = heard[:, 2 * pair - 2 : 2 * pair]
        first = int(np.flatnonzero(part[:, 0])[0]) - int(np.flatnonzero(own[:, 0])[0])
        np.testing.assert_allclose(part[first : first + len(own)], np.repeat(own, 2 // own.shape[1], 1), atol=1e-6)
        begin[pad] = first
    assert len({begin[pad] for pad in (1, 2, 16)}) == 1, "of one bundle"
    assert abs(begin[3] - begin[1] - 0.1 * RATE) <= 1
    open_hat = np.flatnonzero(heard[:, 6])
    assert begin[3] < open_hat[-1] < begin[3] + FADE, "the closed hat ends it, though on another pair"
    silent = [channel for channel in range(CHANNELS) if channel // 2 + 1 not in (*pairs.values(), 4)]
    assert not heard[:, silent].any() and len(silent) == CHANNELS - 10


def test_a_pad_moves_to_another_pair_at_once(daemon: Daemon, tmp_path: Path) -> None:
    with OscClient(daemon.port) as osc:
        opened(osc, "apart")
        osc.send("/pad/1/output", 5)
        osc.barrier()
        heard = recorded(tmp_path, lambda: osc.send("/play", 1))
        assert osc.refusal("/pad/1/output", 17).startswith("output is 17; it must be from 0 to 16")
    assert list(np.flatnonzero(heard.any(0))) == [8, 9]
