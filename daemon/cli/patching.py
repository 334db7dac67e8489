"""patches: what other programs open, for the controls of a model."""

import json
import sys
from pathlib import Path

import click

from ...sampler.errors import Error
from ...sampler.files import appearing
from ...sampler.spec import find_model, read_spec
from ..pads.surfaces import controls
from ..patches.files import KINDS
from .options import json_option
from .rendering import writable


@click.command("patches", short_help="Write the patches and scripts for Max, Live, Pd and others.")
@click.argument("program", type=click.Choice(list(KINDS)))
@click.option("--model", default="default", show_default=True, help="The model whose classes are controls.")
@click.option("--force", is_flag=True, help="Write over files that differ.")
@click.option("--check", is_flag=True, help="Write nothing; fail where a file is not what would be written.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), default=Path(), show_default="this folder",
    help="Where the files go.",
)  # fmt: skip
@json_option
def patches(program: str, model: str, force: bool, check: bool, out: Path, as_json: bool) -> None:
    """Write the files with which PROGRAM plays driftkit. A file of that name that differs is left as it is, and
    nothing is written, unless --force says so.
    """
    made = KINDS[program](controls(read_spec(find_model(model))))
    differ = [name for name, content in made.items() if _content(out / name) not in (content, None)]
    if check:
        differ += [name for name in made if _content(out / name) is None]
    if differ and not force:
        names = ", ".join(sorted(differ))
        why = "make docs writes them anew" if check else "choose another --out, or give --force"
        raise Error(f"{out} holds other files than driftkit would write: {names}; {why}")
    if check:
        return
    writable(out)
    for name, content in made.items():
        with appearing(out / name) as staged:
            staged.write_bytes(content)
        print(json.dumps({"path": str(out / name)}) if as_json else str(out / name), file=sys.stdout)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as reason:
        raise Error(f"{path} cannot be read: {reason.strerror}; choose another --out") from None
