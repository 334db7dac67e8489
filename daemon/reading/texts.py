"""Text from outside, written by people and programs: measured first, then read as YAML 1.2, of which JSON is a part.

YAML 1.2 reads what is written: 036 is 36, 1e0 is 1, and no, off, 1:30 and 2024-01-02 are words. The parser is that of
PyYAML, in C where it is there; what a plain word means is decided here, so that both read the same. No tags, no
aliases: a text of ten lines cannot stand for millions.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from ...sampler.errors import Error

LENGTH_MAX = 512 * 1024  # characters
OPENED_MAX = 400  # brackets: each open one costs time at every word, so that a few thousand would cost seconds
DEPTH_MAX = 16  # tables inside tables; a kit with recipes has four
_BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_UNSEEN = re.compile("[^\t\n -~\x85\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")  # no parser takes it
_INDENT = re.compile(r"^ *([^\S \t\n])", re.MULTILINE)  # a space that is none
_BLANK = re.compile(r"^[ \t]+$", re.MULTILINE)  # which a tab would make wrong
_TAG = "tag:yaml.org,2002:"
_TAGS = {None, "!", *(_TAG + kind for kind in ("str", "int", "float", "bool", "null", "map", "seq"))}
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True), **dict.fromkeys(("false", "False", "FALSE"), False),
}  # fmt: skip
_INT = re.compile(r"[-+]?[0-9]{1,300}")
_BASED = re.compile(r"0o[0-7]{1,64}|0x[0-9a-fA-F]{1,64}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


class Plain(yaml.SafeLoader):
    """The parser in Python, which takes tabs between words where the one in C does."""

    def scan_to_next_token(self) -> None:
        """Skip what separates words."""
        super().scan_to_next_token()
        while self.peek() == "\t" and (self.flow_level or not self.allow_simple_key):
            self.forward()
            super().scan_to_next_token()


LOADER: Any = getattr(yaml, "CSafeLoader", Plain)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: its line, and the word as it is written (None of a table or list)."""

    line: int
    word: str | None


Places = dict[tuple[str, ...], Place]


def decoded(data: bytes, where: str) -> str:
    """The text of a file, its lines ended by \\n; `Error` where it is neither UTF-8 nor UTF-16 with its mark."""
    bom = next((mark for mark in _BOMS if data.startswith(mark)), b"")
    try:
        text = data[len(bom) :].decode(_BOMS.get(bom, "utf-8"))
    except UnicodeDecodeError as reason:
        line = data[: reason.start].count(b"\n") + 1
        raise Error(f"{where}, line {line}: this is not UTF-8; save the file as UTF-8 text") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_yaml(text: str, where: str, length: int = LENGTH_MAX, opened: int = OPENED_MAX) -> tuple[Any, Places]:
    """Plain values, their keys all texts, and the place of each by its path; `where` names the text in an `Error`."""
    _measure(text, where, length, opened)
    return _Reader(_BLANK.sub("", text), where).read()


def _measure(text: str, where: str, length: int, opened: int) -> None:
    """`Error` for a text that would cost a parser much, or that no parser takes."""
    if len(text) > length:
        raise Error(f"{where} has {len(text)} characters; it must be a text of at most {length} characters")
    if text.count("[") + text.count("{") > opened:
        raise Error(f"{where}: more than {opened} brackets are opened; it must be less deep, or shorter")
    unseen, indent = _UNSEEN.search(text), _INDENT.search(text)
    if unseen:
        raise Error(f"{where}, line {_line(text, unseen.start())}: the character U+{ord(unseen[0]):04X} is not allowed")
    if indent:
        code = f"U+{ord(indent[1]):04X}"
        raise Error(f"{where}, line {_line(text, indent.start(1))}: a space is {code}; indent with plain spaces")


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _at(event: yaml.Event) -> int:
    assert event.start_mark  # of an event of a parser
    return event.start_mark.line + 1


def plain(word: str) -> Any:
    """What a word without quotes means in YAML 1.2."""
    if word in _WORDS:
        return _WORDS[word]
    if _INT.fullmatch(word):
        return int(word)
    if _BASED.fullmatch(word):
        return int(word, 0)
    if _FLOAT.fullmatch(word):
        return float(re.sub(r"\.(?=[iInN])", "", word))  # .inf and .nan
    return word


class _Reader:
    """Values made of the events of a parser."""

    def __init__(self, text: str, where: str) -> None:
        self._text, self._where = text, where
        self._places: Places = {}
        self._events: Iterator[yaml.Event] = iter(())

    def read(self) -> tuple[Any, Places]:
        try:
            self._events = yaml.parse(self._text, Loader=LOADER)
            found: list[Any] = []
            for event in self._events:
                if isinstance(event, yaml.DocumentStartEvent) and found:
                    raise self._wrong(event, "a second document begins here; keep one of them")
                if isinstance(event, yaml.NodeEvent):
                    found.append(self._node(event, (), 0))
            return (found[0] if found else None), self._places
        except yaml.MarkedYAMLError as reason:
            mark = reason.problem_mark or reason.context_mark
            line = mark.line + 1 if mark else 1
            lines = self._text.split("\n")
            why = str(reason.problem or reason.context)
            if mark and mark.line < len(lines) and lines[mark.line][mark.column : mark.column + 1] == "\t":
                why = "a tab stands where spaces must; indent with spaces"
            raise Error(f"{self._where}, line {line}: this is not YAML: {why}") from None
        except yaml.YAMLError as reason:
            raise Error(f"{self._where}: this is not YAML: {' '.join(str(reason).split())[:200]}") from None

    def _wrong(self, event: yaml.Event, sentence: str) -> Error:
        return Error(f"{self._where}, line {_at(event)}: {sentence}")

    def _node(self, event: yaml.Event, path: tuple[str, ...], depth: int) -> Any:
        if isinstance(event, yaml.AliasEvent):
            raise self._wrong(event, "aliases (*name) are not allowed; write the values out")
        tag = getattr(event, "tag", None)
        if tag not in _TAGS:
            raise self._wrong(event, f"this is not YAML of plain values: the tag {str(tag)[:60]} is not allowed")
        if depth > DEPTH_MAX:
            raise self._wrong(event, f"this is nested more than {DEPTH_MAX} deep")
        word = event.value if isinstance(event, yaml.ScalarEvent) else None
        self._places.setdefault(path, Place(_at(event), word))
        if isinstance(event, yaml.ScalarEvent):
            quoted = event.style or tag in ("!", f"{_TAG}str")
            return event.value if quoted else plain(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(path, depth)
        return self._table(path, depth)

    def _list(self, path: tuple[str, ...], depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, (*path, str(len(items))), depth + 1))
        return items

    def _table(self, path: tuple[str, ...], depth: int) -> dict[str, Any]:
        table: dict[str, Any] = {}
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent):
                raise self._wrong(key, "a key must be a word or a number")
            if key.value in table:
                raise self._wrong(key, f"{key.value} is given twice; keep one of them")
            value = next(self._events)
            word = value.value if isinstance(value, yaml.ScalarEvent) else None
            self._places[*path, key.value] = Place(_at(key), word)
            table[key.value] = self._node(value, (*path, key.value), depth + 1)
        return table
