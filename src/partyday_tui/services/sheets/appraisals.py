"""The forms of 民主评议: the blank ballot with every member on it, and the tally with the decisions (domain.md 2.c 民主评议测评表)."""

from collections.abc import Sequence

from partyday_tui.rules.appraisal import ANSWERS, GRADE_WORDS, Appraisal, quota_sentence
from partyday_tui.rules.ballots import VOTER_WORDS
from partyday_tui.rules.sheet import Cell, Column, Form, Line, Table
from partyday_tui.services.appraisal import read_appraisal
from partyday_tui.services.books import branch_of
from partyday_tui.store.book import Book

_MARK = "参考样式"
_ROW, _ROW_TO, _SIZE = 14.4, 28.0, 9.0  # points: so that a branch of usual size stands on one page


def ballot_form(book: Book, year: int) -> Form:
    """One blank ballot: the members who get a grade in the order of the roster, a tick a row, nobody's name as voter."""
    page, branch = read_appraisal(book, year), branch_of(book).name
    appraisal = page.appraisal
    columns = [Column("序号", 5), Column("姓名", 17), *(Column(word, 9.5) for word in GRADE_WORDS.values())]
    names = [page.name_of(line) for line in appraisal.lines if line.is_graded]
    rows: list[list[Cell]] = [[n, name, None, None, None, None, None] for n, name in enumerate(names, 1)]
    return Form(
        title=f"{appraisal.year}年度民主评议党员测评表",
        unit=(f"党支部：{branch}", "无记名"),
        head=[(f"对照标准：{'、'.join(page.standard)}",)],
        parts=(Table([*columns, Column("存在问题", 24, "left")], rows, "", _ROW, _ROW_TO, size=_SIZE),),
        foot=[("请给每名党员在一格里打「√」，不选算弃权；不要写自己的姓名。",)],
        mark=_MARK,
    )


def tally_form(book: Book, year: int) -> Form:
    """The tally: counts of all classes together, the decision and its reason; those who get no grade and the absent are named."""
    page, branch = read_appraisal(book, year), branch_of(book).name
    appraisal, absent = page.appraisal, page.absent
    columns = [
        Column("序号", 5),
        Column("姓名", 17),
        *(Column(word, 8.5 if len(word) > 3 else 6.5) for word in ANSWERS),
        Column("评定等次", 9),
        Column("理由和备注", 30, "left"),
    ]
    rows: list[list[Cell]] = []
    for number, line in enumerate(appraisal.lines, 1):
        said = [line.reason, line.note, f"未参加：{absent[line.member_id]}" if line.member_id in absent else ""]
        counted: Sequence[Cell] = line.totals if line.tallies else [None] * len(ANSWERS)
        counts: list[Cell] = [*counted, GRADE_WORDS.get(line.grade, "")]
        if not line.is_graded:
            said = ["预备党员，参加评议不评定等次", *said]
            counts = [None] * (len(ANSWERS) + 1)
        rows += [[number, page.name_of(line), *counts, "；".join(filter(None, said))]]
    return Form(
        title=f"{appraisal.year}年度民主评议党员结果汇总表",
        unit=(f"党支部（盖章）：{branch}", f"制表日期：{book.clock.today}"),
        head=_head(appraisal),
        parts=(Table(columns, rows, "", _ROW, _ROW_TO, size=_SIZE),),
        foot=[
            (quota_sentence(appraisal.full_members, appraisal.heads("excellent")),),
            ("计票人：", "监票人：", "支部书记："),
        ],
        mark=_MARK,
    )


def _head(appraisal: Appraisal) -> list[Line]:
    stages = "　".join(f"{it.name} {it.on or '＿＿＿'}" for it in appraisal.stages)
    ballots = "　".join(
        f"{VOTER_WORDS[voter]}：发出{it.given}收回{it.returned}废票{it.void}有效{it.valid}"
        for voter, it in appraisal.classes
    )
    return [(stages,), (ballots or "还没有计票",)]
