"""The plans, the papers of an event, the meetings, registers and people hold what independent SQL says."""

import re

import pytest
from tests.services.sheets.printed import HELD, plain, table, written

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.money import capitals
from partyday_tui.rules.month import Month


def test_the_year_plan_has_the_party_days_and_nothing_else(demo, ask, tmp_path):
    rows = table(written(demo, tmp_path, "year-plan"), "序号")
    wanted = ask(
        "SELECT DISTINCT e.on_date FROM event e JOIN event_kind k ON k.event_id = e.id "
        "WHERE k.kind IN ('party_day', 'founding_day') AND e.month BETWEEN '2026-01' AND '2026-12' ORDER BY e.on_date"
    )
    assert [row[1][:5] for row in rows] == [day[5:] for (day,) in wanted]


def test_the_study_plan_has_the_topics_and_the_days_of_reading(demo, ask, tmp_path):
    rows = written(demo, tmp_path, "study-plan")
    topics = [row[1] for row in rows if re.fullmatch(r"\d+月", str(row[0] if row else "")) and len(row) > 1]
    assert topics == [row[0] for row in ask("SELECT topic FROM study_topic WHERE month LIKE '2026-%' ORDER BY month")]
    read = ask(
        "SELECT s.title, group_concat(r.on_date, '、') FROM constitution_segment s LEFT JOIN constitution_reading r "
        "ON r.segment_id = s.id WHERE s.year = 2026 GROUP BY s.id ORDER BY s.place"
    )
    assert [(row[1], row[2] if len(row) > 2 else None) for row in table(rows, "序号")] == read


@pytest.mark.parametrize("key", ["record", "minutes"])
def test_the_papers_of_an_event_count_as_its_roll_does(demo, ask, tmp_path, key):
    cells = [value for row in written(demo, tmp_path, key) for value in row]
    (heads,) = ask(
        "SELECT count(*), sum(status IN ('present', 'late')), sum(status = 'late'), sum(status = 'leave'), "
        "sum(status = 'absent') FROM roll_entry WHERE event_id = (SELECT id FROM event WHERE on_date = ? ORDER BY id LIMIT 1)",
        str(HELD),
    )
    expected, came, late, leave, absent = heads
    at = {label: cells[cells.index(label) + 1] for label in ("应到人数", "实到人数", "其中迟到", "未到情况", "到会率")}
    assert (at["应到人数"], at["实到人数"], at["其中迟到"]) == (expected, came, late)
    assert f"请假{leave}人" in at["未到情况"] and f"缺席{absent}人" in at["未到情况"]
    assert at["到会率"].startswith(f"{came / expected * 100:.1f}%")
    missing = ask(
        "SELECT r.name FROM roll_entry r JOIN event e ON e.id = r.event_id WHERE e.on_date = ? "
        "AND (status IS NULL OR status NOT IN ('present', 'late'))",
        str(HELD),
    )
    where = "缺席及补课" if key == "record" else "缺席及原因"
    assert all(f"{name}（" in cells[cells.index(where) + 1] for (name,) in missing)


def test_a_roll_that_nobody_called_leaves_the_heads_blank(demo, tmp_path):
    cells = [value for row in written(demo, tmp_path, "record", period="2026-11-06") for value in row]
    assert cells[cells.index("实到人数") + 1] == "到会率"
    assert cells[cells.index("缺席及补课") + 1] == "未点名"


def test_the_request_says_from_when_to_when_and_why(demo, tmp_path):
    text = "\n".join(str(value) for row in written(demo, tmp_path, "change-request") for value in row)
    assert "原定2026年8月7日" in text and "变更到2026年8月14日（星期五）" in text and "因防汛值守" in text
    assert "青山镇党委：" in text and "柳支〔2026〕5号" in text and "同意变更" in text
    with pytest.raises(UserMistake, match="没有变更日期"):
        written(demo, tmp_path, "change-request", period=str(HELD))


def test_the_meetings_stand_with_their_heads(demo, ask, tmp_path):
    rows = table(written(demo, tmp_path, "meetings"), "序号")
    wanted = ask(
        "SELECT e.on_date, (SELECT sum(status IN ('present', 'late')) FROM roll_entry r WHERE r.event_id = e.id) "
        "FROM event e WHERE e.month LIKE '2026-%' AND EXISTS (SELECT 1 FROM event_kind k WHERE k.event_id = e.id "
        "AND k.kind IN ('branch_meeting', 'committee', 'group_meeting', 'lesson')) ORDER BY e.on_date"
    )
    assert [str(plain(row[3])) for row in rows] == [day for day, _ in wanted]
    assert [row[7] for row in rows if len(row) > 8] == [came for _, came in wanted if came is not None]


def test_the_statistics_count_the_months_and_the_rates(demo, ask, tmp_path):
    rows = written(demo, tmp_path, "meeting-statistics")
    held = ask(
        "SELECT substr(e.on_date, 6, 2), count(r.member_id), sum(r.status IN ('present', 'late')) FROM event e "
        "JOIN event_kind k ON k.event_id = e.id AND k.kind = 'party_day' JOIN roll_entry r ON r.event_id = e.id "
        "GROUP BY e.id HAVING count(r.status) > 0 ORDER BY e.on_date"
    )
    line = next(row for row in rows if row and row[0] == "主题党日")
    assert line[-4:] == [len(held), len(held), "每月", len(held) / 12]
    months = {row[0]: row for row in rows if row and re.fullmatch(r"\d+月", str(row[0])) and len(row) > 2}
    for month, expected, came in held:
        shown = months[f"{int(month)}月"]
        assert (shown[2], shown[3]) == (expected, came) and shown[7] == pytest.approx(came / expected)


@pytest.mark.parametrize("key", ["talk", "talk_trigger", "visit", "hardship", "problem", "praise", "volunteering", "outreach",
                                 "inspection", "duty_post", "superior_report"])  # fmt: skip
def test_a_register_has_every_entry_of_the_year(demo, ask, tmp_path, key):
    rows = table(written(demo, tmp_path, key.replace("_", "-")), "序号")
    days = ask(f"SELECT on_date FROM {key} WHERE on_date LIKE '2026-%' ORDER BY on_date, id")
    assert [row[1] for row in rows if row[1] >= "2026"] == [day for (day,) in days]
    entries = [it for it in ask(f"SELECT * FROM {key} ORDER BY on_date, id") if it[1] >= "2026"]
    for row, entry in zip([row for row in rows if row[1] >= "2026"], entries, strict=True):
        assert {it for it in entry[1:] if isinstance(it, str) and it} <= set(row), "every text in a cell of its own"


def test_the_money_of_the_visits_adds_up(demo, ask, tmp_path):
    ((fen,),) = ask("SELECT sum(amount_fen) FROM visit WHERE on_date LIKE '2026-%'")
    rows = written(demo, tmp_path, "visit")
    assert ["合计", fen / 100] in rows and f"（大写）：{capitals(fen)}" in str(rows)
    given = ask(
        "SELECT amount_fen / 100.0 FROM visit WHERE on_date LIKE '2026-%' AND amount_fen > 0 ORDER BY on_date, id"
    )
    assert [value for row in table(rows, "序号") for value in row[1:] if isinstance(value, int | float)] == [
        yuan for (yuan,) in given
    ]


def test_the_notice_says_when_and_what(demo, ask, tmp_path):
    text = str(written(demo, tmp_path, "notice"))
    items = ask("SELECT a.what FROM event_agenda a JOIN event e ON e.id = a.event_id WHERE e.on_date = ?", str(HELD))
    assert "2026年9月4日（星期五）" in text and items and all(what in text for (what,) in items)


def test_the_filled_sign_in_counts_as_the_roll_does(demo, ask, tmp_path):
    rows = written(demo, tmp_path, "sign-in", "filled")
    (heads,) = ask(
        "SELECT count(*), sum(status IN ('present', 'late')), sum(status = 'leave'), sum(status = 'absent') FROM roll_entry "
        "WHERE event_id = (SELECT id FROM event WHERE on_date = ? ORDER BY id LIMIT 1)",
        str(HELD),
    )
    line = next(str(row[0]) for row in rows if row and str(row[0]).startswith("应到"))
    found = {word: int(number) for word, number in re.findall(r"(应到|实到|请假|缺席)(\d+)人", line)}
    assert tuple(found.values()) == heads
    words = [value for row in rows for value in row]
    for word, status in (("请假", "leave"), ("缺席", "absent"), ("其他方式", "other")):
        ((number,),) = ask(
            "SELECT count(*) FROM roll_entry r JOIN event e ON e.id = r.event_id WHERE e.on_date = ? AND status = ?",
            str(HELD),
            status,
        )
        assert words.count(word) == number, word


def test_the_roster_has_each_column_of_each_member(demo, ask, tmp_path):
    rows = {row[0]: row for row in table(written(demo, tmp_path, "roster", "full"), "序号")}
    members = ask(
        "SELECT name, sex, ethnicity, identity, born_on, joined_on, confirmed_on, coalesce(nullif(phone, ''), landline), address FROM member"
    )
    shown = [set(map(str, row)) for row in rows.values()]
    matched = [it for it in members if any(set(map(str, filter(None, it))) <= row for row in shown)]
    assert len(matched) == len(rows) > 30


def test_what_is_told_the_superior_in_confidence_is_not_printed(demo, tmp_path):
    with demo.act("造数") as act:
        act.connection.execute("UPDATE superior_report SET note = '机密文号'")
    assert "机密文号" not in str(written(demo, tmp_path, "superior-report"))


def test_the_roster_is_masked_or_full_and_never_by_itself(demo, ask, tmp_path):
    members = ask("SELECT name, identity, phone FROM member WHERE identity <> ''")
    full, masked = (str(written(demo, tmp_path, "roster", it)) for it in ("full", "masked"))
    here = [it for it in members if f"'{it[0]}'" in full]
    assert len(here) > 30
    for _, identity, phone in here:
        assert f"'{identity}'" in full and f"'{phone}'" in full
        assert identity not in masked and phone not in masked and identity[6:14] not in masked
    with pytest.raises(UserMistake, match="masked 或 --variant full"):
        written(demo, tmp_path, "roster")


def test_the_development_has_every_date(demo, ask, tmp_path):
    text = str(written(demo, tmp_path, "development"))
    for name, number in ask(
        "SELECT c.name, count(*) FROM candidate c JOIN candidate_step s ON s.candidate_id = c.id GROUP BY c.id"
    ):
        assert f"'{name}'" in text and f"{number}/25" in text


def test_the_self_check_has_what_the_screen_has(demo, tmp_path):
    from partyday_tui.services.self_check import read_check

    for period, span in (("2026", "year"), ("2026-10", "month")):
        rows = table(written(demo, tmp_path, "self-check", period=period), "序号")
        duties = read_check(demo, span, Month(2026, 10)).duties
        assert [row[1] for row in rows] == [str(it.state) for it in duties]
