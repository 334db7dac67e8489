"""The model that is in, and how another one takes its place while everything goes on.

A render is made by the model that was in when it was asked for: its job holds on to that model, and a model that
nothing holds any more is freed. One thread reads models, one at a time and under no lock of the state.
"""

import logging
import threading
import weakref
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from ...sampler.controls import did_you_mean
from ...sampler.errors import Error
from ...sampler.hit import Hit
from ...sampler.resolve import Reader
from ...sampler.sound import Sound
from ...sampler.spec import list_models, model_hash
from ..pads.surfaces import controls
from ..sinks.sounds import Then
from ..state import Prepare, State
from .renders import Renders

LOOK_S = 0.1  # how often a loan looks whether the model lent before has been given back
JOIN_S = 1.0  # how long the end of the program waits for a model that is being read
log = logging.getLogger("driftkit")


def prepare(model: Any, hit: Hit, read: Reader) -> tuple[Any, Any]:
    """A hit resolved, and before it the model that shall render it."""
    return model, model.resolve(hit, read)


class Coming:
    """The model that the daemon starts with, read by whoever needs it first; `Error`, every time, where it cannot be.

    load: takes seconds, since it imports torch.
    """

    def __init__(self, load: Callable[[], Any]) -> None:
        self._load: Callable[[], Any] | None = load
        self._model: Any = None
        self._refused: Error | None = None

    def __call__(self) -> Any:
        """The model; by one thread at a time."""
        if self._load:
            load, self._load = self._load, None
            try:
                self._model = load()
            except Error as reason:
                self._refused = reason
            except Exception as reason:  # torch itself cannot be imported, say
                self._refused = Error(f"the model cannot be read ({reason!r}); run `driftkit doctor`, or install again")
        if self._refused:
            raise self._refused
        return self._model

    def prepare(self, hit: Hit, read: Reader) -> tuple[Any, Any]:
        """A hit resolved, and before it the model that shall render it."""
        return prepare(self(), hit, read)


def steps(batch: Sequence[tuple[Any, Any]]) -> Generator[float, None, list[Sound]]:
    """What `prepare` gave, each rendered by its model; the engine's `Steps`.

    Progress begins anew with each; only a batch of the background, of which nobody is told, can hold several.
    """
    sounds: dict[int, Sound] = {}
    for model in {id(model): model for model, _ in batch}.values():
        own = [i for i, (other, _) in enumerate(batch) if other is model]
        made = yield from model.steps([batch[i][1] for i in own])
        sounds |= dict(zip(own, made))
    return [sounds[i] for i in range(len(batch))]


class Wish(NamedTuple):
    """Somebody wants a model to be in. state: the files of its folder, which may be other ones under the same name."""

    folder: Path
    state: object
    then: Then
    token: int  # among what is pending


class Models:
    """Puts models into a state; the thread that reads them lives inside the `with`.

    folder: that of the model that is in already. load: reads a model from a folder, `Error` where it cannot.
    engine: what computes the networks of the models that are put in, see `Model.settle`.
    """

    def __init__(
        self, state: State, renders: Renders, folder: Path, load: Callable[[Path], Any], engine: str = "auto"
    ) -> None:
        self._state, self._renders = state, renders
        self._engine = engine
        self._beside = {} if folder in list_models().values() else {folder.name: folder}  # given by its path
        self._load, self._folder = load, folder
        self._beginning = False
        self._in: object = state_of(folder)  # None while another one is being put in
        self._wishes: list[Wish] = []  # all for the same model: the newest wish wins
        self._loans: dict[str, list[Callable[[Prepare | None], None]]] = {}
        self._lent: Callable[[], Any] = lambda: None  # the model lent last, as long as something holds it
        self._changed = threading.Condition()
        self._closing = False
        self._thread = threading.Thread(target=self._work, name="models", daemon=True)

    def __enter__(self) -> "Models":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._closing = True
            left, self._wishes = self._wishes, []
            self._changed.notify_all()
        self._answer(left, "driftkit is shutting down; the model is not loaded")
        self._thread.join(timeout=JOIN_S)

    def begin(self, coming: Coming, then: Callable[[Error | None], object]) -> None:
        """Have the model that is in read, if it is not yet, and settled, in the thread that renders, before all else.

        `then` is told there that it is in, or why it cannot be.
        """
        self._beginning = True
        self._renders.engine.first(partial(self._begin, coming, then))

    def _begin(self, coming: Coming, then: Callable[[Error | None], object]) -> None:
        reason = None
        try:
            self.settle(coming(), self._folder)
        except Error as refusal:
            reason = refusal
            self._renders.engine.cancel(lambda job: True)  # else each would tell the same
        self._beginning = False
        then(reason)

    def settle(self, model: Any, folder: Path) -> None:
        """Have a model run with the engine; in the thread that renders. Where that cannot be, torch does it."""
        try:
            model.settle(folder, self._engine)
            why = f": {model.why}" if model.why else ""
            log.info("%s is computed by %s%s", model.spec.name, model.engine, why)
        except Error as reason:
            log.warning("%s; torch does it", reason)

    def _settle_beside(self, model: Any, folder: Path) -> None:
        """As `settle`, for a model that is lent, so that its sounds are those that it gives when it is in; torch keeps
        the threads that suit the one that is in."""
        from ...sampler.store import in_one_thread

        with in_one_thread():
            self.settle(model, folder)

    def known(self) -> dict[str, Path]:
        """Models by name: those that are installed, and the one that the daemon was started with."""
        return list_models() | self._beside

    @property
    def loading(self) -> bool:
        """Is a model on its way in?"""
        return bool(self._wishes) or self._beginning

    def load(self, name: str, then: Then) -> None:
        """Put a model in, by its name alone; `then` is told when it is in, or why it is not.

        A wish for another model that is not fulfilled yet is overtaken. `Error` where there is no model of that name.
        """
        known = self.known()
        if name not in known:
            raise Error(f"there is no model {name[:64]}; {did_you_mean(name, known)} (`driftkit models` lists them)")
        wish = Wish(known[name], state_of(known[name]), then, self._state.pending.begin())
        with self._changed:
            if self._closing:
                raise Error(f"driftkit is shutting down; the model {name} is not loaded")
            overtaken = [other for other in self._wishes if other.state != wish.state]
            self._wishes = [other for other in self._wishes if other.state == wish.state] + [wish]
            self._changed.notify_all()
        self._answer(overtaken, f"another model, {name}, was asked for before this one was in")
        if wish.state == self._in:  # at once, even while the thread still reads one that is not wanted any more
            self._answer(self._take(wish))

    def lend(self, tag: str, then: Callable[[Prepare | None], None]) -> None:
        """Have `then` called with what prepares hits for the very model of a recipe; None where that is not here.

        The model that is in stays in. Models are lent one after the other, so that memory holds few of them.
        """
        with self._changed:
            self._loans.setdefault(tag, []).append(then)
            self._changed.notify_all()

    # -- the thread ---------------------------------------------------------------------------------------

    def _work(self) -> None:
        while (task := self._next()) is not None:
            try:
                task()
            except Exception:  # the thread never dies
                log.exception("loading a model made driftkit stumble; please report this")

    def _next(self) -> Callable[[], None] | None:
        with self._changed:
            while not self._closing:
                if self._wishes:
                    return partial(self._fulfil, self._wishes[-1])
                if self._loans and self._lent() is None:
                    return partial(self._lend, next(iter(self._loans)))
                self._changed.wait(LOOK_S if self._loans else None)
            return None

    def _fulfil(self, wish: Wish) -> None:
        if wish.state == self._in:
            self._answer(self._take(wish))
            return
        try:
            model = self._read(wish.folder)
            table = controls(model.spec)
        except Error as reason:
            self._answer(self._take(wish), str(reason))
            return
        wishes = self._take(wish, going_in=True)
        if wishes:  # else it was overtaken
            self._put_in(model, table)
            self._renders.engine.first(partial(self.settle, model, wish.folder))
            self._in = wish.state
            log.info("the model %s is in", model.tag)
            self._answer(wishes)

    def _read(self, folder: Path) -> Any:
        """A model that has shown that it can render; `Error` where it cannot."""
        from ...sampler.store import in_one_thread, sentences  # with torch, which the daemon's modules do not wait for

        with in_one_thread(), sentences(folder.name):
            model = self._load(folder)
            model.render(Hit(steps=1, seed=0))
        return model

    def _take(self, wish: Wish, going_in: bool = False) -> list[Wish]:
        """The wishes for the same model, which are now dealt with; none where they were overtaken."""
        with self._changed:
            taken = [other for other in self._wishes if other.state == wish.state]
            self._wishes = [other for other in self._wishes if other.state != wish.state]
            if taken and going_in:
                self._in = None
            return taken

    def _answer(self, wishes: Iterable[Wish], why: str = "") -> None:
        for wish in wishes:
            try:
                wish.then(Error(why) if why else None)
            finally:
                self._state.pending.end(wish.token)

    def _put_in(self, model: Any, table: dict[str, Any]) -> None:
        state, board = self._state, self._state.board
        with state.lock:
            self._renders.engine.cancel(lambda job: job.ahead)
            state.prepare, state.tag = partial(prepare, model), model.tag
            board.reshape(table)
            board.remark([name for n in board.pads for name in board.snapshot(n)[1]], state.model)
            self._renders.ahead.renew()
            state.dirty.set()

    def _lend(self, tag: str) -> None:
        lent: Prepare | None = None
        try:
            lent = self._borrowed(tag)
        except (Error, OSError) as reason:
            log.warning("%s", reason)
        with self._changed:
            loans = self._loans.pop(tag)
        for then in loans:
            with suppress(Error):  # nothing new is rendered: driftkit is shutting down
                then(lent)

    def _borrowed(self, tag: str) -> Prepare | None:
        with self._state.lock:
            if self._state.tag == tag:
                return self._state.prepare
        name, _, digest = tag.partition("@")
        folder = self.known().get(name)
        if folder is None or model_hash(folder) != digest:
            return None
        model = self._read(folder)
        self._renders.engine.first(partial(self._settle_beside, model, folder))
        self._lent = weakref.ref(model)
        return partial(prepare, model)


def state_of(folder: Path) -> object:
    """What tells whether a model's files are still those that were read."""
    files = sorted([*folder.glob("*.json"), *folder.glob("*.safetensors")])
    try:
        return folder, [(file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in files]
    except OSError:  # being replaced just now
        return object()
