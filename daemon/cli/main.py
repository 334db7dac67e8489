"""`driftkit`: the root of the command line, and what errors look like."""

import errno
import io
import logging
import os
import sys
import traceback
from collections.abc import Sequence

import click

from ...sampler import __version__
from ...sampler.errors import Error
from .benching import bench
from .distilling import distill
from .encoding import encode
from .evaluating import evaluate
from .exporting import export
from .graphs import onnx
from .importing import import_
from .listing import controls, doctor, models, presets
from .options import model_fault
from .packing import pack
from .patching import patches
from .rendering import inpaint, interpolate, recall, render, reshape, vary
from .serving import serve
from .training import train

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EIO}  # a full disk, or a terminal that is gone
EPILOG = "Bad input exits with 2 and a sentence, a fault of driftkit with 1. Docs: README.md and docs/."


@click.group(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="driftkit")
def cli() -> None:
    """A diffusion model of drums as an instrument."""


COMMANDS = (
    serve, render, vary, inpaint, interpolate, reshape, encode, recall, pack, export, train, distill, evaluate, bench,
    import_, onnx, patches,
)  # fmt: skip
LISTS = (models, controls, presets, doctor)
for command in (*COMMANDS, *LISTS):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """The entry point: runs a command and turns what it raises into an exit code."""
    streams()
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        words = list(arguments) if arguments is not None else None
        code = cli.main(args=words, prog_name="driftkit", standalone_mode=False) or 0
    except click.exceptions.NoArgsIsHelpError as reason:
        print(reason.format_message(), file=sys.stderr)
        code = 2
    except click.exceptions.Exit as leaving:
        code = leaving.exit_code
    except click.NoSuchOption as reason:
        code = complain(model_fault() or usage(reason))
    except (click.UsageError, click.FileError) as reason:
        code = complain(usage(reason))
    except Error as reason:
        code = complain(str(reason))
    except (KeyboardInterrupt, click.Abort):
        code = complain("stopped", 130)
    except SystemExit:  # what click makes of a reader that went away, as `| head` does
        code = deaf()
    except Exception as fault:
        if isinstance(fault, OSError) and fault.errno in FULL:
            code = deaf() or complain(f"the output cannot be written: {fault.strerror}", 1)
        else:
            traceback.print_exc()
            code = complain(f"driftkit failed: {fault!r}; please report this with the lines above", 1)
    sys.exit(flushed() or code)


def streams() -> None:
    """Have stdout and stderr take any text as far as they can: `?` for what a terminal has no letter for.

    Where one is closed, as by `>&-`, it leads nowhere, so that no file or socket gets its number.
    """
    while (spare := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(spare)
    for name, number in (("stdout", 1), ("stderr", 2)):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "w", encoding="utf-8", closefd=False))
        if isinstance(stream := getattr(sys, name), io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def flushed() -> int:
    """Write what is left to be written; the exit code."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return deaf()
    except OSError as reason:
        return deaf() or complain(f"the output cannot be written: {reason.strerror}", 1)
    return 0


def deaf() -> int:
    """Nobody reads stdout any more: what is still in it leads nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 0


def usage(reason: click.ClickException) -> str:
    """Click's complaint as one sentence, with where to look."""
    context = getattr(reason, "ctx", None)
    path = context.command_path if context else "driftkit"
    return f"{reason.format_message().rstrip('.')}; see `{path} --help`"


def complain(sentence: str, code: int = 2) -> int:
    """One sentence on stderr; returns the exit code."""
    print(f"driftkit: {sentence}", file=sys.stderr)
    return code
