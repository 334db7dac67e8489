"""Can it be installed where nobody here has tried it? The package index says which wheels every pinned version has."""

import json
import os
import re
import ssl
import tomllib
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename
from pip._internal.models.index import PyPI

ROOT = Path(__file__).resolve().parents[1]
PINS = dict(re.findall(r"^([\w.-]+)==(\S+)$", (ROOT / "constraints.txt").read_text(), flags=re.MULTILINE))
INDEX = os.environ.get("PIP_INDEX_URL", PyPI.simple_url).rstrip("/")  # the one that pip asks
JSON = "application/vnd.pypi.simple.v1+json"
PYTHONS = ((3, 11), (3, 12), (3, 13), (3, 14))
GLIBC = range(17, 40)  # of Debian 12 and Ubuntu 22.04 and later is at least 2.35
SYSTEMS = {
    "Windows": (["win_amd64"], {"sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64"}),
    "macOS": (
        [*mac_platforms((14, 0), "arm64")],
        {"sys_platform": "darwin", "platform_system": "Darwin", "platform_machine": "arm64"},
    ),
    "Linux ARM": (
        [*(f"manylinux_2_{minor}_aarch64" for minor in reversed(GLIBC)), "manylinux2014_aarch64"],
        {"sys_platform": "linux", "platform_system": "Linux", "platform_machine": "aarch64"},
    ),
}


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
NAMED = [
    Requirement(line)
    for lines in (PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
    for line in lines
]


def asked_for(name: str, python: tuple[int, int], system: dict[str, str]) -> bool:
    """Is a package wanted on that system? Only what pyproject.toml names has conditions there."""
    same = [one for one in NAMED if canonicalize_name(one.name) == canonicalize_name(name)]
    here = {**system, "python_version": f"{python[0]}.{python[1]}"}
    return not same or any(one.marker is None or one.marker.evaluate(here) for one in same)


def tags(python: tuple[int, int], platforms: list[str]) -> set[Tag]:
    """Every tag that a wheel may have to be taken there."""
    mine = f"cp{python[0]}{python[1]}"
    return {*cpython_tags(python, platforms=platforms), *compatible_tags(python, mine, platforms)}


@cache
def opener() -> urllib.request.OpenerDirector:
    """What opens all pages; a context of its own for each would read the system's certificates a hundred times."""
    return urllib.request.build_opener(urllib.request.HTTPSHandler(context=ssl.create_default_context()))


@cache
def files(name: str) -> list[str]:
    """The names of all files that the index has of a package."""
    request = urllib.request.Request(f"{INDEX}/{canonicalize_name(name)}/", headers={"Accept": JSON})
    with opener().open(request, timeout=30) as answer:
        told: dict[str, Any] = json.loads(answer.read())
    return [file["filename"] for file in told["files"]]


@cache
def wheel_tags(name: str, version: str) -> set[Tag]:
    """Those of every wheel of one version."""
    found: set[Tag] = set()
    for file in files(name):
        if f"-{version}-" not in file:  # of the thousands that the index has, few need a closer look
            continue
        with suppress(InvalidWheelFilename):
            _, of, _, marks = parse_wheel_filename(file)
            found |= marks if str(of) == version else set()
    return found


@pytest.fixture(scope="module")
def index() -> None:
    """The index answers, and what it says of all packages is at hand."""
    try:
        files("packaging")
    except OSError as reason:
        pytest.skip(f"the package index cannot be reached: {reason}")
    with ThreadPoolExecutor(8) as several:
        list(several.map(files, PINS))


@pytest.mark.slow
@pytest.mark.parametrize("python", PYTHONS, ids=lambda python: f"{python[0]}.{python[1]}")
@pytest.mark.parametrize("system", SYSTEMS)
def test_every_pinned_version_has_a_wheel(index: None, system: str, python: tuple[int, int]) -> None:
    platforms, marks = SYSTEMS[system]
    there = tags(python, platforms)
    lacking = [
        f"{name}=={version}"
        for name, version in PINS.items()
        if asked_for(name, python, marks) and not wheel_tags(name, version) & there
    ]
    assert not lacking
