"""What the screen of an appraisal shows: its two summary lines and its rows."""

from __future__ import annotations

from partyday_tui.rules.appraisal import GRADE_WORDS, MemberLine, differs, leading_words, quota, quota_sentence
from partyday_tui.rules.ballots import VOTER_WORDS
from partyday_tui.services.appraisal import AppraisalPage
from partyday_tui.ui.widgets.columns import Row
from partyday_tui.ui.widgets.lines import Parts

_NO_COUNTS = ("",) * 5


def summary_of(page: AppraisalPage) -> list[tuple[Parts, Parts]]:
    """The lines over the list: how many have which grade; the quota of 优秀, and who is not counted yet."""
    appraisal = page.appraisal
    heads = [f"{word}{appraisal.heads(grade)}" for grade, word in GRADE_WORDS.items() if appraisal.heads(grade)]
    waiting = appraisal.heads("")
    told = "  ".join([*heads, *([f"未定{waiting}"] if waiting else [])])
    excellent = appraisal.heads("excellent")
    over = excellent > quota(appraisal.full_members)
    absent = f"未参加{len(page.absent)}人 " if page.absent else ""
    uncounted = f"{page.uncounted}人还没有票数 " if appraisal.classes and page.uncounted else absent
    return [
        ([("评定  ", "quiet"), (told, "strong")], f"对照：{'、'.join(page.standard)} "),
        ([(quota_sentence(appraisal.full_members, excellent), "late" if over else "")], uncounted),
    ]


def rows_of(page: AppraisalPage) -> list[Row]:
    """The stages, the classes of voters, the members in the order of the roster."""
    appraisal = page.appraisal
    rows = [Row(None, ("四步",))]
    for stage in appraisal.stages:
        said = "  ".join(filter(None, [str(stage.on or "还没有做"), stage.person, stage.note]))
        rows.append(Row(f"stage {stage.name}", (stage.name, *_NO_COUNTS, "", said)))
    rows.append(Row(None, ("测评票（不记名，只记票数）",)))
    for voter in [*dict.fromkeys(["party", *(it for it, _ in appraisal.classes)])]:
        it = appraisal.ballots(voter)
        said = f"发{it.given}收{it.returned}废{it.void} 有效{it.valid}" if it.given else "还没有填票数"
        rows.append(Row(f"class {voter}", (VOTER_WORDS[voter], *_NO_COUNTS, "", said)))
    rows.append(Row(None, (f"党员{len(appraisal.lines)}人，按名册顺序",)))
    return [*rows, *(_member(line, page) for line in appraisal.lines)]


def _member(line: MemberLine, page: AppraisalPage) -> Row:
    counts = tuple(map(str, line.totals)) if line.tallies else _NO_COUNTS
    grade = GRADE_WORDS.get(line.grade, "未定") if line.is_graded else "不评"
    absent = page.absent.get(line.member_id, "")
    other = f"票多的是{leading_words(line.totals)}" if differs(line, line.grade) else ""
    said = [
        "" if line.is_graded else "预备党员",
        line.reason,
        f"未参加：{absent}" if absent else "",
        other,
        line.note,
    ]
    text = "；".join(filter(None, said))
    return Row(line.member_id, (page.name_of(line), *counts, grade, text, page.attended.get(line.member_id, "")))
