"""The question what to do with a book that did not open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partyday_tui.ui.screens.damaged import RESTORE, words_about_kept

if TYPE_CHECKING:
    from partyday_tui.errors import PartydayError
    from partyday_tui.ui.app import PartydayApp

_WAYS = [("again", "再试一次", ""), ("other", "从备份恢复，或打开、新建别的账本", ""), ("leave", "离开", "")]
# Key 1 is the same as after a failed check: which of the two a damage brings about, the user cannot know.
_WAYS_OUT_OF_DAMAGE = [
    RESTORE,
    ("again", "再试一次", ""),
    ("other", "打开、新建别的账本", ""),
    ("leave", "离开", "退出程序"),
]


async def ask_after_refusal(app: PartydayApp, error: PartydayError) -> str:
    """``again``, also after a book on a stick was copied in, ``restore``, ``other`` or ``leave``."""
    from partyday_tui.services.books import BookAway
    from partyday_tui.store.failures import DAMAGED, NOT_OURS
    from partyday_tui.store.lock import InUse
    from partyday_tui.ui.dialogs.choose_after import ChooseAfter
    from partyday_tui.ui.screens.copy_in import offer_to_copy_in

    if isinstance(error, BookAway):
        copied = await offer_to_copy_in(app, error)
        if copied is not None:
            app.book_path = copied
            return "again"
    kept = "" if isinstance(error, (BookAway, InUse)) else await words_about_kept(app)
    said = "\n\n".join(filter(None, [error.sentence, kept]))
    is_damage = error.sentence in (DAMAGED, NOT_OURS)
    if is_damage:
        question = ChooseAfter("账本没有打开", said, _WAYS_OUT_OF_DAMAGE).explained_in("unopened")
    else:
        question = ChooseAfter("账本没有打开", said, _WAYS).explained_in("refused")
    answer = await app.push_screen_wait(question)
    return str(answer or "leave")
