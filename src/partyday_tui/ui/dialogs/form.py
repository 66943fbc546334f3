"""`FormDialog`: fill in a form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.geometry import Offset
from textual.widget import Widget

from partyday_tui.ui.dialogs.choose import Choose
from partyday_tui.ui.dialogs.confirm import Confirm
from partyday_tui.ui.dialogs.frame import Dialog
from partyday_tui.ui.keys import Stroke
from partyday_tui.ui.widgets.fields import Field, first_mistake
from partyday_tui.ui.widgets.form_body import FormBody

Values = dict[str, str]


class FormDialog(Dialog[Values]):
    """Answers {field name: value} when F5 or Ctrl+S is pressed and nothing is wrong; None when the user went back.

    `check` looks at all values together and returns (field name, sentence), or None.
    """

    WIDTH: ClassVar[int] = 92
    KEYS: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("F5", "存盘", "填完了就按，^S 也一样；哪一项不对，会说是哪一项"),
        ("上下", "换一项", "到上一项、下一项，Tab 也行；PgUp、PgDn 跳十项"),
        ("回车", "下一项", "到下一项；有几样可选的，列出来选"),
        ("左右", "", "在字中间移动；有几样可选的，换一样"),
        ("空格 数字", "", "有几样可选的，空格换一样，数字选第几样"),
        ("字母 汉字 数字", "", "写字的项直接打；反色的日期、数目，一打就换成新的"),
    )
    LAST = ("Esc", "返回", "不存了；改过的先问一句")

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        check: Callable[[Values], tuple[str, str] | None] | None = None,
    ) -> None:
        super().__init__(title)
        self.form = FormBody(fields)
        self._check = check

    def body(self) -> Sequence[Widget]:
        """The fields."""
        return (self.form,)

    def wanted_lines(self, width: int) -> int:
        """A line per field."""
        return len(self.form.fields)

    def caret(self) -> Offset | None:
        """In the field at hand."""
        return self.form.caret()

    def on_mount(self) -> None:
        """Say what the first field wants."""
        self._advise()

    def on_form_body_moved(self) -> None:
        """A click: the same as a key that moves."""
        self._go(self.form.at)

    def take_paste(self, text: str) -> None:
        """Into the field at hand; what cannot be seen stays out, and is told."""
        removed = self.form.insert(text)
        self.place_caret()
        if removed:
            self.tell(removed)

    def type(self, stroke: Stroke, raw: str | None) -> bool:
        """Typing goes in as it is typed, full-width forms too; the other keys belong to the form."""
        taken = self.form.take(stroke, raw)
        if taken:
            self.place_caret()
        return taken

    def take(self, stroke: Stroke) -> bool:
        """Move, open a choice, save."""
        form = self.form
        moves = {"up": -1, "shift+tab": -1, "down": 1, "tab": 1, "pageup": -10, "pagedown": 10}
        if stroke.key in ("f5", "ctrl+s"):
            self._save()
        elif stroke.key == "enter":
            self._enter()
        elif stroke.key in moves:
            self._leave_field(form.at + moves[stroke.key])
        else:
            return False
        return True

    def back(self) -> None:
        """Esc asks only if something would be lost."""
        if not self.form.changed():
            self.dismiss(None)
            return
        question = Confirm("没有存盘", "改过的内容还没有存。不存就返回吗？", yes="不存，返回", no="接着填")
        self.app.push_screen(question, self._leave)

    def _enter(self) -> None:
        field = self.form.field
        if field.kind == "choice":
            entries = [(value, label, "") for value, label in field.options]
            current = self.form.values()[field.name]
            self.app.push_screen(Choose(field.label, entries, current=current), self._put_choice)
        elif self.form.at + 1 < len(self.form.fields):
            self._leave_field(self.form.at + 1)
        else:
            self.tell("填完了：按 F5 存盘，按 Esc 返回", ink="strong")

    def _leave(self, sure: bool | None) -> None:
        if sure:
            self.dismiss(None)
        else:
            self.place_caret()

    def _put_choice(self, value: str | None) -> None:
        if value is not None:
            self.form.put(value)

    def _leave_field(self, to: int) -> None:
        """Go on, but say what is wrong with the field that is left."""
        field = self.form.field
        value = self.form.values()[field.name]
        self._go(to, field.mistake(value) if value else None)

    def _save(self) -> None:
        values = self.form.values()
        wrong = first_mistake(self.form.fields, values)
        if wrong is None:
            values = {field.name: field.written(values[field.name]) for field in self.form.fields}
        if wrong is None and self._check is not None:
            found = self._check(values)
            names = [field.name for field in self.form.fields]
            wrong = (names.index(found[0]), found[1]) if found else None
        if wrong is None:
            self.dismiss(values)
            return
        self._go(*wrong)

    def _go(self, to: int, mistake: str | None = None) -> None:
        """Fill the field `to`; say what is wrong, or else what this field wants."""
        self.form.go_to(to)
        self.place_caret()
        if mistake:
            self.tell(mistake)
        else:
            self._advise()

    def _advise(self) -> None:
        count = f"第{self.form.at + 1}项，共{len(self.form.fields)}项 "
        self.foot.put(0, " " + self.form.field.advice, count, ink="quiet")
