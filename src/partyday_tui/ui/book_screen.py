"""`BookScreen`: the frame that every screen of a book shares.

From the top: a title line (screen and subject; branch and save state), summary lines, a find line, the body, one line
of feedback, one line of keys. The screen itself takes all keys: its own actions first, then the moves of the list, then
the one map of `keys.py`. Children send messages up; the screen gives state down.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from enum import StrEnum
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from partyday_tui import crash
from partyday_tui.errors import PartydayError
from partyday_tui.ui import keys, menus
from partyday_tui.ui.actions import Action, by_key, footer_pairs, key_line
from partyday_tui.ui.leaving import LeavesOnce
from partyday_tui.ui.show import cells
from partyday_tui.ui.widgets.columns import Column, Key, containing
from partyday_tui.ui.widgets.lines import Lines, Parts
from partyday_tui.ui.widgets.register import Register

if TYPE_CHECKING:
    from partyday_tui.ui.app import PartydayApp

Answer = TypeVar("Answer")

_FIND_WORD = " 查找 "
_LONGEST_NAME = 30


class SaveState(StrEnum):
    """The word at the right end of the title line."""

    SAVED = "已存盘"
    SAVING = "正在存盘"
    UNSAVED = "未存"


def front(app: App[Any]) -> BookScreen:
    """The screen of the book that is shown, be it below a dialog; the desk lies below all."""
    return next(screen for screen in reversed(app.screen_stack) if isinstance(screen, BookScreen))


class BookScreen(LeavesOnce[None]):
    """A screen of the book; a subclass names its `TITLE_WORD`, `ACTIONS`, `COLUMNS` and fills `self.register`.

    An action's method may be plain or `async`; an async one may `await self.ask(dialog)`, and while it waits no second
    one is started. Keep marks plain, so that none is lost.
    """

    TITLE_WORD: ClassVar[str] = ""
    ACTIONS: ClassVar[tuple[Action, ...]] = ()
    COLUMNS: ClassVar[tuple[Column, ...]] = ()
    EMPTY: ClassVar[str] = ""
    SUMMARY_LINES: ClassVar[int] = 0
    FIND: ClassVar[bool] = True
    TOP: ClassVar[bool] = True
    """Whether this is a book of its own, where Esc opens the main menu; otherwise Esc goes back one step."""

    class Go(Message):
        """The user wants another book; `where` is a `keys.Place.where`, `target` what to show there."""

        def __init__(self, where: str, target: object = None) -> None:
            super().__init__()
            self.where = where
            self.target = target

    class Pasted(Message):
        """Several lines were pasted, such as a 群接龙."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class BackedUp(Message):
        """A backup that ran behind the screens has been finished and verified."""

    class Delivered(Message):
        """A delivery that ran behind the screens has ended; `words` is the sentence that says how."""

        def __init__(self, ok: bool, words: str) -> None:
            super().__init__()
            self.ok = ok
            self.words = words

    def __init__(self) -> None:
        super().__init__()
        self._by_key = by_key(self.ACTIONS)
        self._asking = False
        self._loading = False
        self._leads_away = False  # another book was asked for by a key
        self._held: list[keys.Stroke] = []
        self._find_y = 1 + self.SUMMARY_LINES
        self._find_note: Parts = ""
        self._head = Lines(self._find_y + int(self.FIND))
        self._foot = Lines(2, ink="quiet")
        self.register = Register(self.COLUMNS, empty=self.EMPTY, matcher=self.match)
        self.set_title()

    @property
    def partyday(self) -> PartydayApp:
        """The app that holds the book: `await self.partyday.call(service, ...)` runs a service in the book's thread."""
        return cast("PartydayApp", self.app)

    def compose(self) -> ComposeResult:
        """Head, body, foot."""
        yield self._head
        yield self.body()
        yield self._foot

    def body(self) -> Widget:
        """The work between head and foot; the register unless a screen says otherwise."""
        return self.register

    def match(self, typed: str) -> list[int]:
        """Indices of `self.register.rows` for what is typed, best first; screens with pinyin override it."""
        return containing(self.register.rows, typed)

    def set_title(self, subject: str = "", branch: str = "", state: SaveState | str = "") -> None:
        """The title line: this screen and its subject at the left, the branch and the save state at the right."""
        left = [(" ", "bar"), (self.TITLE_WORD, "bar-strong"), ("  " + subject, "bar")]
        self._head.put(0, left, f"{branch}  {state} " if branch else f"{state} ", ink="bar")

    def set_summary(self, left: Parts, right: Parts = "", line: int = 0) -> None:
        """Summary line `line` (0 is the first) of the `SUMMARY_LINES`."""
        if line >= self.SUMMARY_LINES:
            raise ValueError(f"{type(self).__name__} has {self.SUMMARY_LINES} summary lines")
        padded: Parts = " " + left if isinstance(left, str) else [(" ", ""), *left]
        self._head.put(1 + line, padded, right)

    def set_find_note(self, note: Parts) -> None:
        """The right end of the find line: what else narrows the list, such as the party group."""
        self._find_note = note
        self._show_find()

    def tell(self, sentence: str, ink: str = "text") -> None:
        """Say one thing in the feedback line, in its place; an empty text clears it. Ink `late` for what went wrong.

        Until the next key a long sentence takes the line of keys too, so that its end, the next step, is not cut; an ink `quiet` is cut.
        """
        self._foot.put(0, " " + sentence if sentence else "", ink=ink, spills=ink != "quiet")

    def refuse(self, error: PartydayError) -> None:
        """Say in the feedback line why something was not done; a failure of the machine goes to the log as well."""
        if error.exit_code == 1:
            crash.log(error)
        self.tell(error.sentence, ink="late")

    async def settle(self) -> None:
        """Finish what is still on its way to the disk; called before the screen is left."""

    def clear_find(self) -> None:
        """Show the whole list again."""
        self._find("")

    async def ask(self, dialog: Screen[Answer]) -> Answer | None:
        """Show a dialog or a screen behind this one and wait for its answer; only from an async action or a worker.

        None: the user went back, or has gone to another place since, over which nothing of this one is asked.
        """
        if front(self.app) is not self:
            return None
        return cast("Answer | None", await self.app.push_screen_wait(dialog))

    def run_action_named(self, run: str, arg: str | None = None) -> None:
        """Call the method of an action; what comes from the palette or a menu takes this way too."""
        method: Callable[..., Any] = getattr(self, run)
        result = method() if arg is None else method(arg)
        if isawaitable(result):
            self._start(result)  # type: ignore[arg-type]

    def on_mount(self) -> None:
        """Draw the lines that depend on the width."""
        self._show_find()

    def on_resize(self, event: events.Resize) -> None:
        """Choose anew which keys the key line has room for: the screen's own first, then the ways to the other books."""
        pairs = footer_pairs(self.ACTIONS)
        if self.TOP:
            pairs += [(keys.key_label(place.key), place.label) for place in keys.PLACES if place.key]
            pairs += [(keys.key_label(keys.BACKUP_KEY), "备份"), (keys.key_label("escape"), "总菜单")]
        self._foot.put(1, key_line(pairs, event.size.width))

    def on_screen_resume(self) -> None:
        """The input method's box belongs to this screen's find line again."""
        self._place_caret()

    def on_key(self, event: events.Key) -> None:
        """Every key comes here; keys that come while the screen is still being filled wait for it, those after it has gone mean nothing."""
        stroke = keys.read(event)
        if self.has_left:
            event.stop()
        elif (self._loading or self._leads_away) and not any(place.key == stroke.key for place in keys.PLACES):
            self._held.append(stroke)
            event.stop()
            event.prevent_default()
        elif self._take(stroke):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """A pasted name is looked for; longer text is offered to the screen as `Pasted`."""
        event.stop()
        text = event.text.strip()
        if "\n" in text or "\r" in text or len(text) > _LONGEST_NAME:
            self.post_message(self.Pasted(event.text))
        elif self.FIND:
            self._find("".join(filter(keys.is_find_character, keys.fold_text(text))))

    def on_register_chosen(self, event: Register.Chosen) -> None:
        """Enter or a double click on a row."""
        event.stop()
        self.open_row(event.key)

    def open_row(self, key: Key) -> None:
        """What Enter does with the row `key`: its menu; a screen that leads somewhere overrides this."""
        self._start(menus.of_the_row(self))

    def back(self) -> None:
        """One step back: the find first, then the screen, and at the top the main menu."""
        if self.register.typed:
            self.clear_find()
        elif self.TOP:
            self._start(menus.main(self))
        else:
            self.dismiss()

    def _take(self, stroke: keys.Stroke) -> bool:
        """Route one key; False where nobody wants it. What was said about the key before goes away."""
        self.tell("")
        action = self._by_key.get(stroke.key)
        if action is not None:
            self.run_action_named(action.run, action.arg)
        elif self.register.is_attached and self.register.take_key(stroke.key):
            pass
        elif self.FIND and stroke.finds and stroke.character:
            self._find(self.register.typed + stroke.character)
        elif self.FIND and stroke.key == "backspace":
            self._find(self.register.typed[:-1])
        else:
            return self._take_everywhere(stroke.key)
        return True

    def _take_everywhere(self, key: str) -> bool:
        """The keys that mean the same on every screen."""
        place = next((place for place in keys.PLACES if place.key == key), None)
        if place is not None:
            self._leads_away = True
            self.post_message(self.Go(place.where))
        elif key == "escape":
            self.back()
        elif key == keys.HELP_KEY:
            self._start(menus.help_with(self))
        elif key == keys.PALETTE_KEY:
            self._start(menus.palette(self))
        elif key == keys.BACKUP_KEY and self.partyday.branch is not None:
            self.partyday.backup.ask()
        elif key == "ctrl+c":
            self.tell("要离开请按 Ctrl+Q")
        else:
            return False
        return True

    def _find(self, typed: str) -> None:
        self.register.find(typed)
        self._show_find()

    def _show_find(self) -> None:
        """The find line: what is typed, or what may be."""
        if not self.FIND:
            return
        typed = self.register.typed
        count = f"  {self.register.shown_count} 行" if typed else ""
        hint = (count, "quiet") if typed else ("输入字母或汉字", "quiet")
        self._head.put(self._find_y, [(_FIND_WORD, "quiet"), (typed, "strong"), hint], self._find_note)
        self._place_caret()

    def _place_caret(self) -> None:
        """Put the terminal's cursor behind the typed text, where an input method opens its box."""
        if self.FIND and self.is_current:
            x = cells(_FIND_WORD) + cells(self.register.typed)
            self.app.cursor_position = Offset(min(x, max(self.size.width - 1, 0)), self._find_y)

    def load(self, effect: Coroutine[Any, Any, Any]) -> None:
        """Fill the screen by an async function; what is typed meanwhile is held and then done."""
        self._loading = True
        self._start(effect)

    def hand_over(self) -> list[keys.Stroke]:
        """What was typed after another book was asked for; it is meant for that one."""
        held, self._held = (self._held, []) if self._leads_away else ([], self._held)
        self._leads_away = False
        return held

    def take_over(self, strokes: list[keys.Stroke]) -> None:
        """Do what was typed for this screen before it was there, once it is filled."""
        self._held += strokes
        self.call_later(self._do_held)

    def _do_held(self) -> None:
        if not self._loading:
            held, self._held = self._held, []
            for stroke in held:
                self._take(stroke)

    def _start(self, effect: Coroutine[Any, Any, Any]) -> None:
        """Run an async action as a worker, one at a time: a second Enter must not open a second dialog."""
        if self._asking:
            effect.close()
            return
        self._asking = True
        self.run_worker(self._until_done(effect))

    def _read_anew(self, reading: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        """Run a reading of the book as a worker, whatever is being asked meanwhile; the newest one wins."""

        async def read() -> None:  # begun by the worker itself: it may be stopped before it begins
            await self._told(reading())

        self.run_worker(read, group="reading", exclusive=True)  # type: ignore[arg-type]

    async def _until_done(self, effect: Coroutine[Any, Any, Any]) -> None:
        try:
            await self._told(effect)
        finally:
            self._asking = False
            if self._loading:
                self._loading = False
                self._do_held()

    async def _told(self, effect: Coroutine[Any, Any, Any]) -> None:
        """Say in the feedback line what stopped `effect`, instead of ending the app."""
        try:
            await effect
        except PartydayError as error:
            self.refuse(error)

    async def open_manual(self) -> None:
        """The whole manual, from the main menu and the palette."""
        from partyday_tui.ui.dialogs.manual import ManualList

        await self.ask(ManualList())

    async def run_chosen(self, run: str, arg: str | None) -> None:
        """Run an action chosen in a menu inside the same worker."""
        method: Callable[..., Any] = getattr(self, run)
        result = method() if arg is None else method(arg)
        if isawaitable(result):
            await result
