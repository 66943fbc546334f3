"""`Call`: a service call that writes, with the book it begins with."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from tests.soak.world import World


@dataclass(frozen=True)
class Call:
    """``prepare`` fills a folder; ``ready`` is done once, without faults, and its value handed to ``act`` each time.

    ``parts``: the call is several acts by design (a backup is begun and then written down), so that states in between are right too.
    ``is_broken``: the book it begins with does not open. ``is_new_each_time``: done twice, it is there twice, and the user sees both.
    ``check`` says what is wrong with the folder beyond the book, given whether the call was acknowledged.
    """

    name: str
    prepare: Callable[[World], None]
    act: Callable[[World, object], object]
    ready: Callable[[World], object] = lambda _: None
    check: Callable[[World, bool], list[str]] = lambda *_: []
    parts: bool = False
    is_broken: bool = False
    is_new_each_time: bool = False


def with_book(act):
    def done(world, ready):
        with closing(world.opened()) as book:
            return act(book, ready)

    return done
