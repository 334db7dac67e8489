"""What the objects of Max do with a message, by its reference; those of `rig.max`.

A message is a list of atoms: ["bang"], [3], ["set", 0.5].
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pythonosc.osc_message_builder import OscMessageBuilder

if TYPE_CHECKING:
    from .max import Max

Message = list[Any]
BANG: Message = ["bang"]
SHOWS = ("live.dial", "live.menu", "live.toggle", "live.numbox", "number", "led", "comment", "live.comment", "textedit")


def atom(word: str) -> Any:
    """A word of a patch as Max takes it."""
    for kind in (int, float):
        try:
            return kind(word)
        except ValueError:
            pass
    return word


def atoms(text: str) -> Message:
    """The words of a text."""
    return [atom(word) for word in text.split()]


class Thing:
    """One box. What it holds is in `state`, what it shows in `shown`."""

    def __init__(self, max_: "Max", box: dict[str, Any], arguments: list[str], unique: str) -> None:
        text = box.get("text", "")
        for index, value in enumerate(arguments, start=1):
            text = re.sub(rf"#{index}\b", value, text)
        self.text = text.replace("#0", unique)
        self.max, self.box = max_, box
        self.name = self.text.split()[0] if box["maxclass"] == "newobj" else box["maxclass"]
        self.words = [atom(word) for word in self.text.split()[1:] if not word.startswith("@")]
        self.cables: list[list[tuple[Thing, int]]] = [[] for _ in range(box["numoutlets"])]
        self.state: Any = None
        block = box.get("saved_attribute_attributes", {}).get("valueof", {})
        self.shown: Any = box.get("text") or (block.get("parameter_initial") or [""])[0]
        self.stored: dict[int, Any] = {}
        self.inner: list[Thing] = []
        self.outer: Thing | None = None

    def out(self, outlet: int, *message: Any) -> None:
        """Send a message; of several cables, the one that leads furthest to the right comes first."""
        for target, inlet in sorted(self.cables[outlet], key=lambda end: -end[0].box["patching_rect"][0]):
            target.hear(inlet, list(message) or BANG)

    def hear(self, inlet: int, m: Message) -> None:
        """A message arrives."""
        act = getattr(self, f"do_{NAMES.get(self.name, self.name.rstrip('~').replace('.', '_'))}", None)
        assert act, f"nobody knows what {self.name} does"
        act(inlet, m)

    # -- messages -----------------------------------------------------------------------------------------

    def do_message(self, inlet: int, m: Message) -> None:
        if m[0] == "set":
            self.text = " ".join(map(str, m[1:]))
            return
        values = m if isinstance(m[0], int | float) else m[1:] if m != BANG and len(m) > 1 else m
        for part in self.text.split(","):
            said = [values[int(w[1:]) - 1] if re.fullmatch(r"\$\d", str(w)) else w for w in atoms(part)]
            self.out(0, *said)

    def do_prepend(self, inlet: int, m: Message) -> None:
        self.out(0, *self.words, *([] if m == BANG else m))

    def do_route(self, inlet: int, m: Message) -> None:
        for index, word in enumerate(self.words):
            if m[0] == word:
                self.out(index, *m[1:])
                return
        self.out(len(self.words), *m)

    def do_sel(self, inlet: int, m: Message) -> None:
        if inlet:
            self.words = m[:1]
        elif m[0] in self.words:
            self.out(self.words.index(m[0]), *BANG)
        else:
            self.out(len(self.words), *m)

    def do_t(self, inlet: int, m: Message) -> None:
        kinds = {"b": lambda: BANG, "i": lambda: [int(m[0])], "f": lambda: [float(m[0])]}
        for outlet in reversed(range(len(self.words))):
            self.out(outlet, *kinds.get(self.words[outlet], lambda: m)())

    def do_zl(self, inlet: int, m: Message) -> None:
        mode, *size = self.words
        if inlet:
            self.state = m
        elif mode == "join":
            self.out(0, *m, *(self.state or []))
        elif mode == "reg":
            self.state = self.state if m == BANG else m
            if self.state:
                self.out(0, *self.state)
        elif mode == "nth":
            self.out(0, m[size[0] - 1])
        else:
            assert mode == "slice"
            if len(m) > size[0]:
                self.out(1, *m[size[0] :])
            self.out(0, *m[: size[0]])

    def do_fromsymbol(self, inlet: int, m: Message) -> None:
        self.out(0, *[atom(word) for word in str(m[0]).split("/") if word])

    def do_tosymbol(self, inlet: int, m: Message) -> None:
        self.out(0, " ".join(map(str, m)))

    def do_sprintf(self, inlet: int, m: Message) -> None:
        self.stored.update(enumerate(m, start=inlet))
        if inlet == 0:
            form = self.text.partition(" ")[2].replace("%ld", "%d")
            self.out(0, *atoms(form % tuple(self.stored[i] for i in range(form.count("%")))))

    def do_unpack(self, inlet: int, m: Message) -> None:
        kinds: dict[str, Callable[[Any], Any]] = {"i": int, "f": float, "s": str}
        for outlet in reversed(range(min(len(m), len(self.words)))):
            self.out(outlet, kinds[self.words[outlet]](m[outlet]))

    def do_pack(self, inlet: int, m: Message) -> None:
        self.stored.update(enumerate(m, start=inlet))
        if inlet == 0:
            self.out(0, *(self.stored.get(i, 0) for i in range(len(self.words))))

    # -- numbers ------------------------------------------------------------------------------------------

    def do_i(self, inlet: int, m: Message) -> None:
        if m != BANG:
            self.words = [int(m[0])]
        if inlet == 0:
            self.out(0, *(self.words or [0]))

    def do_arithmetic(self, inlet: int, m: Message) -> None:
        a, b = m[0], self.words[0]
        self.out(0, a + b if self.name == "+" else a - b if self.name == "-" else a / b)

    def do_expr(self, inlet: int, m: Message) -> None:
        self.stored[inlet] = m[0]
        if inlet == 0:
            form = re.sub(r"\$[if](\d)", lambda found: f"self.stored[{int(found[1]) - 1}]", self.text.partition(" ")[2])
            self.out(0, eval(form) + 0)

    def do_change(self, inlet: int, m: Message) -> None:
        if m[0] == "set":
            self.state = m[1]
        elif m[0] != (self.state or 0):
            self.state = m[0]
            self.out(0, *m)

    def do_split(self, inlet: int, m: Message) -> None:
        self.out(0 if self.words[0] <= m[0] <= self.words[1] else 1, *m)

    def do_gate(self, inlet: int, m: Message) -> None:
        self.state = (self.words[1] if len(self.words) > 1 else 0) if self.state is None else self.state
        if inlet == 0:
            self.state = m[0]
        elif self.state:
            self.out(int(self.state) - 1, *m)

    # -- time, names, the network -------------------------------------------------------------------------

    def do_metro(self, inlet: int, m: Message) -> None:
        self.out(0, *BANG)
        self.max.later(self.words[0], self, lambda: self.do_metro(0, BANG))

    def do_delay(self, inlet: int, m: Message) -> None:
        self.max.later(self.words[0], self, lambda: self.out(0, *BANG))

    def do_load(self, inlet: int, m: Message) -> None:
        self.out(0, *(self.words or BANG))

    def do_s(self, inlet: int, m: Message) -> None:
        self.max.said.append((self.words[0], m))
        for thing in self.max.receivers.get(self.words[0], []):
            thing.out(0, *m)

    def do_udpsend(self, inlet: int, m: Message) -> None:
        if m[0] in ("host", "port"):
            self.words[m[0] == "port"] = m[1]
            return
        builder = OscMessageBuilder(m[0])
        for value in m[1:]:
            builder.add_arg(value)
        self.max.wire.sendto(builder.build().dgram, (self.words[0], self.words[1]))

    def do_udpreceive(self, inlet: int, m: Message) -> None:
        """Its port is the reader's own, which the patch was given."""

    def do_inlet(self, inlet: int, m: Message) -> None:
        self.out(0, *m)

    def do_outlet(self, inlet: int, m: Message) -> None:
        assert self.outer
        same = [one for one in self.outer.inner if one.name == "outlet"]
        ordered = sorted(same, key=lambda one: one.box["patching_rect"][0])
        self.outer.out(ordered.index(self), *m)

    def do_sub(self, inlet: int, m: Message) -> None:
        doors = sorted((one for one in self.inner if one.name == "inlet"), key=lambda one: one.box["patching_rect"][0])
        doors[inlet].out(0, *m)

    # -- what a person sees, and sound --------------------------------------------------------------------

    def do_shows(self, inlet: int, m: Message) -> None:
        """Shows what comes; with `set` it says nothing, with a number it says it again."""
        if m[0] in ("set", "setsymbol"):
            self.shown = m[1] if len(m) == 2 else " ".join(map(str, m[1:]))
        elif self.name in ("led", "live.toggle", "live.numbox", "number", "live.dial") and m != BANG:
            self.shown = m[0]
            self.out(0, *m)
        elif m == BANG:
            self.out(0, *(["text", self.shown] if self.name == "textedit" else [self.shown or 0]))

    def do_umenu(self, inlet: int, m: Message) -> None:
        items = self.state if self.state is not None else []
        self.state = [] if m[0] == "clear" else [*items, m[1]] if m[0] == "append" else items
        if m[0] == "setsymbol":
            self.shown = m[1]

    def do_keeps(self, inlet: int, m: Message) -> None:
        """A button's text, a buffer's file, a waveform's buffer, what a player was told: the last of each kind."""
        self.stored[m[0]] = m[1:]
        self.max.said.append((self.text or self.name, m))

    do_prints = do_keeps

    def click(self, *message: Any) -> None:
        """A person does something that makes it say this, by its first outlet (a menu, by its second)."""
        self.out(1 if self.name in ("umenu", "live.menu") else 0, *message)


NAMES = {
    **dict.fromkeys(SHOWS, "shows"), **dict.fromkeys("+-/", "arithmetic"), "p": "sub", "driftkit.net": "sub",
    "driftkit.pad~": "sub", "loadbang": "load", "loadmess": "load", "live.thisdevice": "load", "print": "prints",
    "textbutton": "keeps", "buffer~": "keeps", "waveform~": "keeps", "play~": "keeps", "*~": "keeps", "panel": "keeps",
    "ezdac~": "keeps", "button": "keeps", "live.path": "keeps", "live.object": "keeps", "live.text": "keeps",
}  # fmt: skip
