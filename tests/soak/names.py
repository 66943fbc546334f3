"""Hostile names on every screen and in the raw stream of a terminal (T10): literal, harmless, no crash."""

import asyncio
import random

from partyday_tui.clock import Clock
from partyday_tui.services.books import make_book
from partyday_tui.ui.app import PartydayApp
from partyday_tui.ui.theme import PLAIN
from tests.soak.outcome import Outcome
from tests.soak.world import DAY
from tests.whole import hostile

_BATCH = 60


def run(count, seed, folder):
    """So many texts, in every field of some row, on every screen; in books of sixty each."""
    outcome, chance = Outcome(), random.Random(seed)
    own = hostile.TEXTS
    texts = [*own, *(_mixed(chance, own) for _ in range(max(count - len(own), 0)))][:count]
    for number, first in enumerate(range(0, len(texts), _BATCH)):
        some = tuple(texts[first : first + _BATCH])
        path = folder / f"names-{number}.db"
        make_book(path, Clock(DAY), name="柳湾村党支部", preset="rural_community", secretary="甲").close()
        hostile.TEXTS = some if len(some) > 30 else (*some, *own[: 31 - len(some)])
        try:
            hostile.pour(path, DAY)
            outcome.count("screens", asyncio.run(_walked(path)))
            outcome.count("bytes of the stream", _streamed(path))
        except Exception as error:
            outcome.failures.append(f"book {number} of seed {seed}: {error!r}"[:400])
        finally:
            hostile.TEXTS = own
        outcome.tried += len(some)
    return outcome


def _mixed(chance, own):
    """Pieces of hostile texts put together."""
    pieces = [chance.choice(own) for _ in range(chance.choice((2, 2, 3)))]
    mixed = "".join(piece[: chance.randint(1, 20)] for piece in pieces)[:200]
    return mixed.encode("utf-8", "ignore").decode() or "空"  # lone surrogates stand in the texts as they were


async def _walked(path):
    from tests.ui.screens.rolls import until
    from tests.whole.touring import Walk

    app = PartydayApp(path, Clock(DAY))
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = PLAIN.name
        await until(pilot, lambda: app.branch is not None)
        walk = Walk(pilot)
        await walk.settle()
        async for screen in walk.every_screen():
            await walk.pages(screen.TITLE_WORD)
        return len({type(screen) for screen in walk.visited})


def _streamed(path):
    """The bytes that a terminal got; none of them may be data that steers it."""
    from tests.whole.terminal import Terminal

    with Terminal("--book", path, "--today", DAY) as terminal:
        terminal.until("今日")
        for place in ("F3", "F4", "F6"):
            terminal.press_calmly(place, "End", "Home")
        terminal.press_calmly("F2")
        if terminal.leave() != 0:
            raise AssertionError("the app did not end well")
    if found := hostile.leftovers(terminal.stream):
        raise AssertionError(f"in the raw stream: {sorted(found)[:3]}")
    return len(terminal.stream)
