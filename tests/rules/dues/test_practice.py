"""The sentences around the amounts: each says where it stands, and the warnings say the one that they rest on."""

import pytest

from partyday_tui.rules.dues import practice
from partyday_tui.rules.dues.arrears import running_words


def test_each_is_a_whole_sentence_with_its_source():
    assert len({each.about for each in practice.PRACTICES}) == len(practice.PRACTICES)
    for each in practice.PRACTICES:
        assert each.sentence and each.source and str(each).endswith("。")
        assert ("未见原文" in str(each)) == (each.checked == "quoted")
    named = {value for value in vars(practice).values() if isinstance(value, practice.Practice)}
    assert named == set(practice.PRACTICES), "none is left out of what can be read on the screen"


@pytest.mark.parametrize(
    ("running", "said"),
    [
        (3, ["限期改正", "第十三条"]),
        (5, ["限期改正", "三个月"]),
        (6, ["按自行脱党处理", "第十三条", "党章第九条", "除名"]),
    ],
)
def test_the_reminder_says_the_rules_own_sentence_and_no_verdict(running, said):
    words = running_words(running, 0)
    assert all(each in words for each in said)
    assert words.endswith("程序只作提醒，有没有正当理由由支部了解后认定。")


def test_a_long_back_payment_is_told_with_its_article():
    assert "「补交党费的时间一般不得超过6个月」（中组发〔2008〕3号第十二条）" in practice.long_back_words("2026-04")
