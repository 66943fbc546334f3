"""使用手册: the chapters as they ship, with the list of the printed forms put in from the forms themselves."""

from __future__ import annotations

from functools import cache

from partyday_tui import paths
from partyday_tui.rules.form_kinds import FORMS, PERIOD_WORDS, FormKind
from partyday_tui.rules.manual import Chapter, Section, read_chapter

FORMS_MARK = "<!-- forms -->"
"""The line that the list of forms takes the place of."""

# Where on the screen the same is seen, by the first room of a form; a name in full where the menu has it.
_ROOMS = {
    "year": "年历",
    "reading": "学习计划",
    "leave": "请假条",
    "cases": "缺席跟进",
    "make_up": "补课台账",
    "member_year": "名册，全年情况",
    "event": "活动记录、点名、年历",
    "review": "测评",
    "appraisal": "民主评议",
    "dues": "党费",
    "registers": "台账",
    "development": "发展党员",
    "roster": "名册",
    "duties": "自查",
}


@cache
def chapters() -> tuple[Chapter, ...]:
    """Every chapter, in order; read once."""
    return tuple(
        read_chapter(int(path.name.split("-")[0]), path.read_text("utf-8").replace(FORMS_MARK, forms_list()))
        for path in sorted(paths.manual().glob("[0-9][0-9]-*.md"))
    )


def section_for(screen: str) -> Section | None:
    """The section for a screen, by the name of its module."""
    return next((section for chapter in chapters() for section in chapter.sections if screen in section.screens), None)


def forms_list() -> str:
    """A Markdown item for every printed form: for what period, what is in it, what screen shows the same."""
    return "\n".join(map(_form_line, FORMS))


def _form_line(kind: FormKind) -> str:
    variants = f"（{'、'.join(one.word for one in kind.variants)}）" if kind.variants else ""
    periods = "或".join("每" + PERIOD_WORDS[period].removeprefix("一") for period in kind.periods) or "随时"
    room = next((_ROOMS[room] for room in kind.rooms if room in _ROOMS), "")
    source = f"内容来自「{room}」。" if room else ""
    return f"* **{kind.title}**，{periods}一张{variants}。{kind.help}。{source}"
