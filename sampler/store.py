"""The tensors of a model on disk: safetensors in, safetensors out."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import torch
from torch import nn

from .errors import Error
from .files import appearing
from .spec import CLASSIFIER, LOUDNESS, NETWORK, SPEC, Spec, check_file

NO_MEMORY = ("out of memory", "can't allocate memory", "not enough memory")  # as torch says it, device by device


def out_of_memory(reason: Exception) -> bool:
    """Whether it says that there is no more memory, of the machine or of a device."""
    return isinstance(reason, MemoryError) or any(words in str(reason) for words in NO_MEMORY)


@contextmanager
def sentences(name: str) -> Iterator[None]:
    """Whatever goes wrong inside, with the files of the model `name` or the memory that it takes, as an `Error`."""
    try:
        yield
    except Error:
        raise
    except Exception as reason:  # a model.json of anybody's: its numbers may lead anywhere
        first = (str(reason).strip().splitlines() or [""])[0][:200]
        if out_of_memory(reason):
            raise Error(f"there is not enough memory for the model {name}: {first}") from None
        raise Error(f"the model {name} is broken ({type(reason).__name__}: {first}); install it again") from None


def read_tensors(file: Path, network: nn.Module, may_lack: tuple[str, ...] = ()) -> None:
    """Load a safetensors file into a network, in float32; `Error` where it is missing, cut or another's.

    may_lack: ends of names of tensors that stay as they are where the file has none, and that are left out where only
    the file has them.
    """
    import safetensors.torch

    check_file(file)
    state = safetensors.torch.load_file(file)
    own = network.state_dict()
    lacking = {k: v for k, v in own.items() if k not in state and k.endswith(may_lack)}
    taken = {k: v.float() for k, v in state.items() if k in own or not k.endswith(may_lack)}
    try:
        network.load_state_dict(lacking | taken)
    except RuntimeError as reason:
        first = str(reason).splitlines()[-1].strip()[:200]
        raise Error(f"the weights {file} do not fit their model.json: {first}") from None


def write_model(
    folder: Path, spec: Spec, network: nn.Module, classifier: nn.Module | None, dtype: torch.dtype = torch.float16,
    loudness: nn.Module | None = None,
) -> None:  # fmt: skip
    """Write a model folder, model.json last; who calls has seen to it that none of somebody else's is there.

    float16 halves it and costs the default model nothing that was measured; float32 keeps the
    numbers of networks that others trained.
    """
    import safetensors.torch

    folder.mkdir(parents=True, exist_ok=True)
    for file, module in ((NETWORK, network), (CLASSIFIER, classifier), (LOUDNESS, loudness)):
        if module is not None:
            state = {k: v.detach().cpu().to(dtype).contiguous() for k, v in module.state_dict().items()}
            with appearing(folder / file) as staged:
                safetensors.torch.save_file(state, staged)
    with appearing(folder / SPEC) as staged:
        staged.write_text(json.dumps(asdict(spec), indent=1) + "\n")


@contextmanager
def in_one_thread() -> Iterator[None]:
    """Torch works in the calling thread alone, for who reads models beside a thread that renders.

    Each thread that computes in parallel gets helpers of its own, and OpenMP's helpers no longer wait awake once there
    are more threads than cores: every operation of the thread that renders would then wake them anew, which doubled
    the time of a render on two cores.
    """
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def device_for(name: str) -> torch.device:
    """auto, cpu, cuda or mps as a torch device; `Error` where the machine lacks it."""
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if name not in ("cpu", "cuda", "mps"):
        raise Error(f"device is {name}; it must be auto, cpu, cuda or mps")
    if (name == "cuda" and not torch.cuda.is_available()) or (name == "mps" and not torch.backends.mps.is_available()):
        raise Error(f"device is {name}, which this machine or this torch does not have; use auto or cpu")
    return torch.device(name)
