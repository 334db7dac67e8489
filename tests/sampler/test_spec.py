"""model.json, which anybody may have written: what cannot be so is told with the name of the file."""

import json
import math
import re
from pathlib import Path

import pytest
from rig.models import small_model

from driftkit.sampler.errors import Error
from driftkit.sampler.spec import SHIPPED, SPEC, read_spec

LEVELS = [5, 0.5, 0.05]


def spoilt(folder: Path, **changes: object) -> Path:
    found = small_model(folder, "small", ("kick", "snare", "rim"), 512)
    values = json.loads((found / SPEC).read_text())
    values["network"] |= changes.pop("network", {})
    (found / SPEC).write_text(json.dumps(values | changes))
    return found


def test_what_can_be_is_read(tmp_path: Path) -> None:
    assert read_spec(SHIPPED / "default").has_reach
    found = read_spec(spoilt(tmp_path, levels=LEVELS, jumps=[4], network={"reach": True}, kinds={"rim": ["snare"]}))
    assert (found.levels, found.jumps, found.kinds) == ((5.0, 0.5, 0.05), (4.0,), {"rim": ("snare",)})


@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"s_min": 0}, "s_min is 0; noise levels must be finite numbers above 0"),
        ({"s_min": "low"}, "s_min is 'low'; noise levels must be finite numbers above 0"),
        ({"levels": [*LEVELS, 0]}, "levels is (5.0, 0.5, 0.05, 0.0); noise levels must be finite numbers above 0"),
        ({"levels": [math.inf, 1]}, "levels is (inf, 1.0); noise levels must be finite numbers above 0"),
        ({"levels": [1, 5]}, "levels is (1.0, 5.0); the levels must fall"),
        ({"jumps": [5, 5], "network": {"reach": True}}, "jumps is (5.0, 5.0); the levels must fall"),
        ({"jumps": [5]}, "jumps is (5.0,), but the network has no reach; only one that has learnt jumps can take them"),
        ({"kinds": {"drum": ["kick"]}}, "kinds names 'drum'; it must be one of the classes"),
        ({"kinds": {"kick": ["snare", "gong"]}}, "kinds names 'gong'; it must be one of the classes"),
        (
            {"classes": ["kick", "model"]},
            "it names a class 'model'; a class is a to z, 0 to 9 and _, and no control or command",
        ),
        (
            {"classes": ["kick", "steps"]},
            "it names a class 'steps'; a class is a to z, 0 to 9 and _, and no control or command",
        ),
        ({"length": 600}, "length is 600; the network's is 512, and both must be the same"),
    ],
    ids=str,
)
def test_what_cannot_be_is_told(tmp_path: Path, changes: dict, sentence: str) -> None:
    found = spoilt(tmp_path, **changes)
    with pytest.raises(Error, match=re.escape(f"{found / SPEC}: {sentence}") + "$"):
        read_spec(found)


@pytest.mark.parametrize("network", ["wiener_unet", [1], None])
def test_a_network_that_is_no_table_is_told(tmp_path: Path, network: object) -> None:
    found = spoilt(tmp_path)
    (found / SPEC).write_text(json.dumps(json.loads((found / SPEC).read_text()) | {"network": network}))
    with pytest.raises(Error, match=r"model\.json is missing or damaged"):
        read_spec(found)


def test_a_level_beyond_all_floats_is_told(tmp_path: Path) -> None:
    with pytest.raises(Error, match=r"model\.json is missing or damaged"):
        read_spec(spoilt(tmp_path, levels=[10**400]))
