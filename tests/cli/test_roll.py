"""``partyday roll`` and ``partyday mark`` as scripts use them."""

import json

import pytest

from partyday_tui.__main__ import main
from partyday_tui.services.plan import make_plan
from partyday_tui.store.members import insert_members

DAY = "2026-11-06"


@pytest.fixture
def run(book, capsys):
    """The command line on a book of four, two of them of one name; answers (exit code, stdout, stderr)."""
    people = [("王建国", "wang jian guo"), ("王建国", "wang jian guo"), ("仇伟", "qiu wei"), ("李梅", "li mei")]
    with book.act("建名册", with_session=True) as transaction:
        insert_members(
            transaction,
            [
                {"name": name, "reading": reading, "kind": "full", "floating": name == "仇伟"}
                for name, reading in people
            ],
        )
    make_plan(book, 2026)
    book.close()

    def call(*arguments):
        code = main(["--book", str(book.path), "--today", DAY, *arguments])
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


def test_marks_and_both_rates(run):
    for arguments in (("仇 伟", "请假", "--reason", "外出"), ("李梅", "late"), ("王建国", "到会", "--id", "2")):
        assert run("mark", DAY, *arguments)[0] == 0
    roll = json.loads(run("roll", DAY, "--json")[1])
    heads = {word: roll[word] for word in ("expected", "present", "late", "leave", "absent", "other", "unmarked")}
    assert heads == {"expected": 4, "present": 2, "late": 1, "leave": 1, "absent": 0, "other": 0, "unmarked": 1}
    assert (roll["rate"], roll["rate_after_deductions"]) == (2 / 4, 2 / 3)
    assert {row["id"]: (row["status"], row["reason"]) for row in roll["rows"]} == {
        1: (None, ""), 2: ("present", ""), 3: ("leave", "外出"), 4: ("late", "")
    }  # fmt: skip
    assert run("mark", DAY, "李梅", "清除")[0] == 0
    assert json.loads(run("roll", DAY, "--json")[1])["unmarked"] == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((DAY, "王建国", "到会"), "有 2 位「王建国」，没有记下；请用 --id 指明编号：1（未分组）、2（未分组）"),
        ((DAY, "王建国", "到会", "--id", "3"), "「王建国」里没有编号 3，请用其中之一：1（未分组）、2（未分组）"),
        ((DAY, "张三", "到会"), "应到名单里没有「张三」"),
        ((DAY, "李梅", "来了"), "没有「来了」这个状态"),
        (("2026-11-07", "李梅", "到会"), "2026-11-07 没有安排活动"),
        (("2026-02-30", "李梅", "到会"), "日期 2026-02-30 写得不对"),
    ],
)
def test_nothing_is_guessed_and_nothing_written(run, arguments, words):
    code, out, err = run("mark", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1) and words in err
    assert json.loads(run("roll", DAY, "--json")[1])["unmarked"] == 4
