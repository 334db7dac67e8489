"""A kit that a person wrote, saved over: its comments, order and ways of writing stay wherever its keys do."""

import io
import re
from collections import Counter
from typing import Any

from ..reading.texts import plain


def merged(old: str, new: str, tree: dict[str, Any]) -> tuple[str, list[str]]:
    """The text of a kit laid into the text `old` of its file, and the comments that could not be kept.

    `tree` is what the kit says, `new` the same as YAML, which is the answer where there is nothing to keep.
    """
    comments = _comments(old)
    if not comments:
        return new, []
    try:
        text = _laid(old, tree)
    except Exception:  # whatever the old text is, the kit is saved
        text = new
    return text, list((Counter(comments) - Counter(_comments(text))).elements())


def _laid(old: str, tree: dict[str, Any]) -> str:
    from ruamel.yaml import YAML  # here, since few kits have comments, and it takes its time

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 100
    found = yaml.load(old)
    _lay(found, tree)
    out = io.StringIO()
    yaml.dump(found, out)
    return out.getvalue()


def _lay(tree: Any, wanted: dict[Any, Any]) -> None:
    """Change a table in place until it says what is wanted, leaving alone what it says already."""
    same = {str(plain(str(key))): key for key in tree}  # 1, 01 and "1" are one pad
    for name in [name for name in same if name not in map(str, wanted)]:
        del tree[same[name]]
    for key, value in wanted.items():
        here = same.get(str(key), key)
        if isinstance(value, dict) and isinstance(tree.get(here), dict):
            _lay(tree[here], value)
        elif here not in tree or tree[here] != value:
            tree[here] = value


def _comments(text: str) -> list[str]:
    """Every comment, with its #."""
    if "#" not in text:
        return []
    try:
        from ruamel.yaml import YAML

        tokens = list(YAML().scan(text))  # a # within quotes is none, which a scanner can tell
    except Exception:
        return [found.strip() for found in re.findall(r"(?:^|(?<=\s))#.*", text, re.MULTILINE)]
    lines = [line for token in tokens for one in _flat(getattr(token, "_comment", None)) for line in one.splitlines()]
    return [line.strip() for line in lines if line.strip().startswith("#")]


def _flat(comment: Any) -> list[str]:
    if isinstance(comment, list | tuple):
        return [one for part in comment for one in _flat(part)]
    return [comment.value] if hasattr(comment, "value") else []
