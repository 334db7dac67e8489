"""The text of a kit: plain values by the safe loader, with the line of every key."""

import re
from typing import Any

import yaml

from ..sampler.errors import Error

DEPTH_MAX = 16  # tables inside tables; a kit with recipes has four
_OPENING = (
    yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken,
    yaml.BlockSequenceStartToken, yaml.BlockMappingStartToken,
)  # fmt: skip
_CLOSING = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)


class Loader(yaml.SafeLoader):
    """The safe loader, to which only true and false are truths, as in YAML 1.2: `auto_render: off` is a word."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool"]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"true|True|TRUE|false|False|FALSE"), list("tTfF"))


def read_yaml(text: str, where: str) -> tuple[Any, dict[tuple[str, ...], int]]:
    """Plain values and the lines of their keys; `where` names the text in the sentence of an `Error`."""
    lines: dict[tuple[str, ...], int] = {}

    def note(node: yaml.Node, path: tuple[str, ...]) -> None:
        lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            seen = set()
            for key, value in node.value:
                line = key.start_mark.line + 1
                if not isinstance(key, yaml.ScalarNode):
                    raise Error(f"{where}, line {line}: a key must be a word or a number")
                if key.value in seen:
                    raise Error(f"{where}, line {line}: {key.value} is given twice; keep one of them")
                seen.add(key.value)
                note(value, (*path, str(key.value)))
                lines[(*path, str(key.value))] = key.start_mark.line + 1

    try:
        depth = 0
        for token in yaml.scan(text, Loader=Loader):
            depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
            if depth > DEPTH_MAX:  # before the parser, which takes a second for a few thousand brackets
                raise Error(f"{where}, line {token.start_mark.line + 1}: a kit is not nested that deep")
            if isinstance(token, yaml.AliasToken):
                raise Error(f"{where}: aliases (*name) are not allowed in a kit; write the values out")
        root = yaml.compose(text, Loader=Loader)
        if root is not None:
            note(root, ())
        return yaml.load(text, Loader=Loader), lines
    except yaml.MarkedYAMLError as reason:
        line = reason.problem_mark.line + 1 if reason.problem_mark else 1
        raise Error(f"{where}, line {line}: this is not YAML: {reason.problem}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as reason:
        if isinstance(reason, Error):
            raise
        raise Error(f"{where}: this is not YAML: {str(reason).splitlines()[0]}") from None
