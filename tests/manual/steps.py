"""The manual's steps as a machine does them: 按【F4】, 输入【wyx】, 看到「点名」 in every numbered line."""

import asyncio
import re
from dataclasses import dataclass

from partyday_tui.rules.manual import BlockKind
from partyday_tui.services.manual import chapters
from partyday_tui.ui import keys
from tests.whole.touring import Walk

_DO = re.compile(r"(按|输入|看到)((?:【[^】]*】|「[^」]*」)+)")
_QUOTED = re.compile(r"[【「]([^】」]*)[】」]")
_KEYS = {label: key for key, label in keys._LABELS.items()}


@dataclass(frozen=True)
class Deed:
    """One thing to do or to see; ``where`` is the chapter and step for a message."""

    verb: str
    words: tuple[str, ...]
    where: str


def key_named(name):
    """Textual's name of a key as the manual writes it."""
    if name in _KEYS:
        return _KEYS[name]
    if name.startswith("Ctrl+"):
        return "ctrl+" + name[5:].lower()
    if re.fullmatch(r"F\d+", name):
        return name.lower()
    assert re.fullmatch(r"\d", name), f"no key is called {name}"
    return name


def deeds_of(chapter, section):
    """What the steps of a section say to do, in order."""
    for block in section.blocks:
        if block.kind is BlockKind.STEP:
            where = f"{chapter.number} {section.title}, {block.mark}"
            for verb, quoted in _DO.findall(block.plain):
                yield Deed(verb, tuple(_QUOTED.findall(quoted)), where)


def runs():
    """What is done from each start on, to the next start: (start, deeds)."""
    found = []
    for chapter in chapters():
        for section in chapter.sections:
            if section.start:
                found.append((section.start, []))
            for deed in deeds_of(chapter, section):
                found[-1][1].append(deed)
    return found


class Reader:
    """Does as the manual says; ``stand_ins`` are what a reader has on paper, by the words of the manual."""

    def __init__(self, pilot, stand_ins):
        self.walk = Walk(pilot)
        self.stand_ins = stand_ins
        self._before: str | None = None
        self._went_back = False

    async def do(self, deed):
        """Press, type, or look until it is seen; one of the words must be new since the last look."""
        if deed.verb == "看到":
            # Going back shows again what a dialog had left in sight.
            stale = not self._went_back and all(words in (self._before or "") for words in deed.words)
            assert not stale, f"{deed.where}: 「{deed.words[-1]}」在按键以前就看得到"
            for words in deed.words:
                await self._see(words, deed.where)
            self._before = None
            return
        if self._before is None:
            await self._rest()
            self._before = self._shown()
        self._went_back = deed.words[-1] in ("Esc",) and deed.verb == "按"
        for words in deed.words:
            strokes = [key_named(words)] if deed.verb == "按" else self.stand_ins.get(words, words)
            for stroke in strokes:
                self.walk._send(stroke)
            await self._rest()

    async def _rest(self):
        """As `Walk.settle`, without drawing the screen each time: what is seen is looked for until it is there."""
        app, before, still = self.walk.app, None, 0
        while still < 2:
            await app._thread.run(lambda: None)
            await self.walk.pilot._wait_for_screen()
            now = (tuple(app.screen_stack), len(app.workers))
            still = still + 1 if now == before else 0
            before = now

    def _shown(self):
        return "\n".join(line.rstrip() for line in self.walk.lines())

    async def _see(self, words, where):
        for _ in range(150):
            await self._rest()
            if words in self._shown():
                return
            await asyncio.sleep(0.05)
        shown = "\n".join(filter(None, self._shown().splitlines()))
        raise AssertionError(f"{where}: 没有看到「{words}」\n{shown}")
