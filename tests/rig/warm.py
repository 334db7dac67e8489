"""A warm Python: processes that are forks of one which has imported torch and begun nothing.

Each has words, environment, folder and streams of its own, runs `-c CODE` or `-m MODULE`, and ends as Python ends;
only the seconds of CPU that the imports take are spent once. What a fresh Python does is tested by fresh ones:
the bench, the page of the docs and the terminals start them.

pytest's workers are such forks, too: run as a program, this file stands for the Python that xdist starts.
"""

import atexit
import gc
import importlib
import json
import os
import runpy
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import types
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NoReturn

MODULES = (
    "torch._dynamo", "scipy.signal", "matplotlib.figure", "jsonschema", "safetensors.torch", "soundfile",
    "driftkit.daemon.cli", "driftkit.daemon.serve", "driftkit.sampler.training.train",
)  # fmt: skip
ROOT = Path(__file__).resolve().parents[2]
PLACE = "DRIFTKIT_TESTS_WARM"  # in the environment: where the one that forks listens


class Process:
    """A running fork, with what tests use of `subprocess.Popen`. Pipes carry text."""

    def __init__(
        self, words: Sequence[object], env: Mapping[str, str], stdout: Any = None, stderr: Any = None, cwd: Path = ROOT
    ) -> None:
        self.args, self.returncode = [str(word) for word in words], None
        self.stdout, out = stream(stdout, 1)
        self.stderr, err = stream(stderr, 2)
        status, told = os.pipe()
        self._status = os.fdopen(status, "rb", 0)
        with tempfile.TemporaryFile("w+") as asked, socket.socket(socket.AF_UNIX) as line:
            json.dump({"words": self.args, "env": dict(env), "cwd": str(cwd)}, asked)
            asked.seek(0)
            line.connect(server())
            socket.send_fds(line, [b"\n"], [0, out, err, told, asked.fileno()])
        for number in {out, err, told} - {1, 2}:
            os.close(number)
        self.pid = int(self._status.readline())

    def poll(self) -> int | None:
        """What it exited with, minus the number of a signal that killed it; None while it runs."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; `TimeoutExpired` after so many seconds."""
        if self.returncode is None:
            if not select.select([self._status], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(self.args, timeout or 0)
            self.returncode = int(self._status.readline())
            self._status.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal while it runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Wait for its end; what is still in its pipes, which must be less than a pipe holds."""
        self.wait(timeout)
        rest = [pipe.read() if pipe else "" for pipe in (self.stdout, self.stderr)]
        for pipe in filter(None, (self.stdout, self.stderr)):
            pipe.close()
        return rest[0], rest[1]


def stream(asked: Any, number: int) -> tuple[IO[str] | None, int]:
    """Where a stream leads, as `subprocess` has it: the end that is read here, if any, and the one of the fork."""
    if asked is None:
        return None, number
    if asked == subprocess.DEVNULL:
        return None, os.open(os.devnull, os.O_WRONLY)
    if asked != subprocess.PIPE:
        return None, os.dup(asked if isinstance(asked, int) else asked.fileno())
    here, there = os.pipe()
    return os.fdopen(here, encoding="utf-8"), there


def run(
    words: Sequence[object], env: Mapping[str, str], cwd: Path = ROOT, timeout: float = 300
) -> subprocess.CompletedProcess[str]:
    """Run a fork to its end, and keep what it says."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        process = Process(words, env, out, err, cwd)
        try:
            process.wait(timeout)
        finally:
            process.kill()
        out.seek(0), err.seek(0)
        return subprocess.CompletedProcess(process.args, process.wait(), out.read(), err.read())


def server() -> str:
    """Where the one that forks listens; the first process to ask starts it, and it ends with that one."""
    if PLACE not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="driftkit_warm_"))
        os.environ[PLACE] = str(folder / "socket")
        env = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        ends, end = os.pipe()
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(os.environ[PLACE])
            listening.listen(64)
            numbers = [listening.fileno(), ends]
            command = [sys.executable, "-P", __file__, "serve", *map(str, numbers)]
            process = subprocess.Popen(command, env=env, cwd=ROOT, pass_fds=numbers)
        os.close(ends)
        atexit.register(shutil.rmtree, folder)
        atexit.register(process.wait)
        atexit.register(os.close, end)  # which happens first
    return os.environ[PLACE]


def serve(listening: socket.socket, ends: int) -> dict[str, Any] | None:
    """Fork for each request, and tell its process number and how it ended; in the fork, returns the request.

    None at the end, which comes as `ends` is closed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    running: dict[int, int] = {}
    while True:
        ready, *_ = select.select([listening, ends, woken], [], [])
        if ends in ready:
            return None
        if woken in ready:
            os.read(woken, 4096)
            reap(running)
        if listening in ready:
            with listening.accept()[0] as line:
                numbers = socket.recv_fds(line, 1, 5)[1]
            if not numbers:  # who asked is gone
                continue
            *streams, told, asked = numbers
            if not (pid := os.fork()):
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                listening.close()
                for number in (ends, woken, wake, told, *running.values()):
                    os.close(number)
                return begun(streams, asked)
            os.write(told, b"%d\n" % pid)
            running[pid] = told
            for number in (*streams, asked):
                os.close(number)


def reap(running: dict[int, int]) -> None:
    """Tell of each that has ended how it did."""
    with suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            told = running.pop(ended[0])
            with suppress(BrokenPipeError):
                os.write(told, b"%d\n" % os.waitstatus_to_exitcode(ended[1]))
            os.close(told)


def begun(streams: Sequence[int], asked: int) -> dict[str, Any]:
    """In a fork: put its streams in place, and return its request."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for place, number in enumerate(streams):
        os.dup2(number, place)
        os.close(number)
    with os.fdopen(asked) as file:
        return json.load(file)


def become(request: dict[str, Any]) -> NoReturn:
    """Run the words as Python does, and end as it does, but for taking the modules apart, which takes seconds."""
    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["cwd"])
    sys.stdin = open(0, encoding="utf-8", closefd=False)
    sys.stdout, sys.stderr = (open(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
    sys.stderr.reconfigure(line_buffering=True)
    kind, what, *sys.argv[1:] = request["words"]
    code = 0
    try:
        if kind == "-m":
            sys.path.insert(0, request["cwd"])
            runpy.run_module(what, run_name="__main__", alter_sys=True)
        else:
            sys.argv[0] = "-c"
            sys.modules["__main__"] = main = types.ModuleType("__main__")
            exec(what, vars(main))
    except SystemExit as leaving:
        code = leaving.code or 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 1
    threading._shutdown()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__" and sys.argv[1] == "serve":
    for module in MODULES:
        importlib.import_module(module)
    gc.freeze()  # leaves the memory of the imports shared
    if request := serve(socket.socket(fileno=int(sys.argv[2])), int(sys.argv[3])):
        become(request)
elif __name__ == "__main__":
    sys.exit(Process([word for word in sys.argv[1:] if word != "-u"], os.environ, cwd=Path.cwd()).wait())
