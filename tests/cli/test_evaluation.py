"""``partyday review``, ``appraisal`` and ``vote``: written by scripts, read as JSON, refused in one sentence."""

import json

import pytest
from tests.ui.screens.rolls import fill

from partyday_tui.cli.run import run
from partyday_tui.errors import UserMistake

ROWS = ("主题特色鲜明=30 6 2", "内容充实健康=38", "方式灵活生动=20 18", "效果突出显著=30 6 2", "总体评价=38")


@pytest.fixture
def partyday(book, book_path, capsys):
    """Run a command on a book with four members and today's event; returns what it printed."""
    fill(book, ["罗有秀", "金新霞", "张建国", "周小满"])
    book.close()

    def go(*words):
        capsys.readouterr()
        assert run(["--book", str(book_path), "--today", "2026-11-06", *words]) == 0
        return capsys.readouterr().out

    return go


def test_a_review_is_written_and_read_back(partyday, tmp_path):
    assert "还没有测评" in partyday("review", "2026-11-06")
    told = partyday(
        "review",
        "2026-11-06",
        "党员",
        "发出=40",
        "收回=39",
        "废票=1",
        *ROWS,
        "--remarks",
        "好\n久些",
        "--problem",
        "久些",
    )
    assert "满意率97.3%" in told
    found = json.loads(partyday("review", "2026-11-06", "--json"))
    (party,) = found["classes"]
    assert (party["given"], party["valid"], found["mode"], found["is_weak"]) == (40, 38, "both", False)
    assert party["rows"]["方式灵活生动"] == {"满意": 20, "基本满意": 18, "不满意": 0, "弃权": 0}
    assert found["rate"] == pytest.approx(148 / 152) and found["rate_satisfied"] == pytest.approx(118 / 152)
    assert (found["remarks"], found["problems"]) == (["好", "久些"], ["久些"])
    assert "（满意+基本满意）/有效票" in partyday("review", "2026-11-06")
    year = json.loads(partyday("review", "2026", "--json"))
    assert year["events"][-1]["is_reviewed"] and year["weak"] == 0
    for word in ("--sheet", "--ballot"):
        assert "测评" in partyday("review", "2026-11-06", word, str(tmp_path))


def test_an_appraisal_is_written_and_read_back(partyday, tmp_path):
    partyday("appraisal", "2026", "step", "民主测评", "--on", "2026-11-05", "--person", "马会计")
    partyday("appraisal", "2026", "count", "党员", "发出=4", "收回=4", "罗有秀=3 1", "金新霞=1 3")
    assert "金新霞：合格；正式党员4人" in partyday("appraisal", "2026", "decide", "金新霞", "合格")
    partyday("appraisal", "2026", "absent", "张建国", "外出务工")
    found = json.loads(partyday("appraisal", "2026", "--json"))
    people = {it["name"]: it for it in found["members"]}
    assert (found["stages"]["民主测评"], found["quota"], found["undecided"]) == ("2026-11-05", 1, 3)
    assert people["罗有秀"]["leading"] == ["excellent"] and people["罗有秀"]["grade"] is None
    assert people["金新霞"]["counts"]["party"] == {"优秀": 1, "合格": 3, "基本合格": 0, "不合格": 0, "弃权": 0}
    assert people["张建国"]["absent"] == "外出务工"
    assert "党费" in json.loads(partyday("appraisal", "2026", "facts", "罗有秀", "--json"))["facts"]
    assert "最多1人" in partyday("appraisal", "2026")
    for word in ("--sheet", "--ballot"):
        assert "民主评议" in partyday("appraisal", "2026", word, str(tmp_path))


def test_a_vote_takes_its_heads_from_the_roll(partyday):
    for name in ("罗有秀", "金新霞", "张建国"):
        partyday("mark", "2026-11-06", name, "到会")
    assert "到会至少4人，赞成至少3票" in partyday("vote", "2026-11-06", "--kind", "election")
    told = partyday("vote", "2026-11-06", "修路", "--for", "3", "--leave-out", "周小满=长期患病卧床")
    assert "应到会有表决权的3人，到会3人" in told and "通过。" in told
    found = json.loads(partyday("vote", "2026-11-06", "--json"))
    (vote,) = found["votes"]
    assert (vote["entitled"], vote["present"], vote["is_carried"]) == (3, 3, True)
    assert vote["deductions"] == [{"heads": 1, "reason": "长期患病卧床（周小满）"}]
    assert found["needed"]["for"] == 3
    partyday("vote", "2026-11-06", "评优", "--kind", "accepting", "--for", "2", "--present", "2")
    assert "没有超过半数" in partyday("vote", "2026-11-06")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("review", "明天"), "写法：partyday review"),
        (("review", "2026-11-06", "路人", "发出=1"), "没有「路人」这类投票人"),
        (("review", "2026-11-06", "党员", "发出=40", "收回=41", *ROWS), "收回41票，比发出40票多1票"),
        (("review", "2026-11-06", "党员", "发出=多"), "「发出=多」不是票数"),
        (("review", "2026-11-06", "党员", "40"), "要写成 项=票数"),
        (("appraisal", "2026", "think"), "没有「think」这个做法"),
        (("appraisal", "2026", "decide", "金新霞"), "decide 后面要写2项"),
        (("appraisal", "2026", "decide", "金新霞", "良好"), "没有「良好」这个等次"),
        (("appraisal", "2026", "count"), "还缺少投票人"),
        (("appraisal", "2026", "step", "民主测评", "--on", "2026-12-01"), "在今天以后"),
        (("vote", "2026-11-06", "修路", "--for", "9"), "比到会的0人还多"),
        (("vote", "2026-11-06", "修路", "--leave-out", "罗有秀"), "「罗有秀」没有写原因"),
        (("vote", "2026-12-06"), "没有安排活动"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(partyday, words, sentence):
    with pytest.raises(UserMistake) as refusal:
        partyday(*words)
    assert sentence in refusal.value.sentence
