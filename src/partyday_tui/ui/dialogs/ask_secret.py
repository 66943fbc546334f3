"""`AskSecret`: one password, typed without being seen."""

from __future__ import annotations

from partyday_tui.ui.dialogs.form import FormDialog
from partyday_tui.ui.widgets.fields import Field


class AskSecret(FormDialog):
    """Answers {"password": …}; Enter is enough, and Esc goes back without a question."""

    WIDTH = 76
    KEYS = (("回车", "就用它", "打完就按；打的字显示成星号"),)
    LAST = ("Esc", "返回", "不用了，退回前一页")

    def __init__(self, title: str, label: str, hint: str) -> None:
        super().__init__(title, [Field("password", label, kind="secret", required=True, hint=hint)])

    def back(self) -> None:
        """Nothing is lost."""
        self.dismiss(None)

    def _enter(self) -> None:
        self._save()
