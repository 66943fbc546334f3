"""Every form is written from the demo book, read back by two programs, and holds what independent SQL says."""

import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from datetime import date

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from tests.conftest import TODAY
from tests.whole.poison import poison

from partyday_tui.clock import Clock
from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.money import capitals
from partyday_tui.rules.form_kinds import FORMS, form_named
from partyday_tui.rules.month import Month
from partyday_tui.services import forms
from partyday_tui.services.demo import DEMO_DAY, make_demo, open_demo
from partyday_tui.services.plan import make_plan
from partyday_tui.store.events import insert_event
from partyday_tui.store.members import insert_members

YEAR, HELD, MOVED = 2026, date(2026, 9, 4), date(2026, 8, 14)
ALL = [(kind.key, variant.key) for kind in FORMS for variant in kind.variants or [None] if variant] + [
    (kind.key, "") for kind in FORMS if not kind.variants
]


@pytest.fixture(scope="module")
def demo_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("forms") / "demo.db"
    make_demo(path, Clock(DEMO_DAY))
    return path


@pytest.fixture
def demo(demo_path, tmp_path):
    book = open_demo(shutil.copy(demo_path, tmp_path / "demo.db"), Clock(DEMO_DAY))
    yield book
    book.close()


@pytest.fixture
def ask(demo_path):
    """One value, or rows, straight from the file."""
    with closing(sqlite3.connect(demo_path)) as connection:

        def run(sql, *parameters):
            return [tuple(row) for row in connection.execute(sql, parameters)]

        yield run


def when_of(kind):
    if kind.periods == ("event",):
        return str(MOVED if kind.key == "change-request" else HELD)
    return f"{YEAR}-09" if kind.periods == ("month",) else str(YEAR) if kind.periods else ""


def written(book, folder, key, variant="", period=None):
    """The cells of a form by both readers: a list of rows of the values that are there."""
    kind = form_named(key)
    period = when_of(kind) if period is None else period
    path = forms.export_form(book, forms.asked_for(book, key, period, variant), folder)
    sheets = load_workbook(path).worksheets
    rows = [[cell.value for cell in row if cell.value is not None] for sheet in sheets for row in sheet.iter_rows()]
    again = [
        [value for value in row if value != ""]
        for name in CalamineWorkbook.from_path(path).sheet_names
        for row in CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python()
    ]
    plain = [[str(_plain(value)) for value in row] for row in rows]
    assert [row for row in plain if row] == [[str(_plain(value)) for value in row] for row in again if row]
    return rows


def _plain(value):
    """The two readers tell numbers and days apart differently."""
    if hasattr(value, "date"):
        return value.date()
    return float(value) if isinstance(value, int | float) else value


def table(rows, first_head):
    """The rows under the heads of a table, each as a list, until a row that does not begin with a number."""
    start = next(at for at, row in enumerate(rows) if row and row[0] == first_head)
    found = []
    for row in rows[start + 1 :]:
        if not row or not isinstance(row[0], int):
            break
        found.append(row)
    return found


@pytest.mark.parametrize(("key", "variant"), ALL, ids=[" ".join(it).strip() for it in ALL])
def test_every_form_of_the_demo_is_written_and_read_back(demo, tmp_path, key, variant):
    rows = written(demo, tmp_path / "出", key, variant)
    texts = "".join(str(value) for row in rows for value in row)
    assert "柳湾村党支部" in texts and len(rows) > 4
    (path,) = (tmp_path / "出").iterdir()
    assert path.name.startswith("柳湾村党支部 ") and form_named(key).title in path.name
    for sheet in load_workbook(path).worksheets:
        assert sheet.page_setup.paperSize == "9" or int(sheet.page_setup.paperSize) == 9
        assert sheet.oddFooter.left.text == "参考样式" and "共&N页" in sheet.oddFooter.center.text
        assert sheet.print_area


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


def test_the_assessment_sums_what_was_decided(demo, ask, tmp_path):
    rows = written(demo, tmp_path, "dues-assessment")
    decided = ask(
        "SELECT member_name, monthly_fen / 100.0 FROM dues_assessment a WHERE year = 2026 AND id = "
        "(SELECT id FROM dues_assessment b WHERE b.member_id = a.member_id AND b.year = 2026 ORDER BY valid_from DESC, id DESC LIMIT 1)"
    )
    lines = table(rows, "序号")
    assert {(row[1], next(v for v in row[::-1] if isinstance(v, int | float))) for row in lines} == set(decided)
    total = round(sum(yuan for _, yuan in decided), 2)
    last = next(row for row in rows if row and row[0] == "合计")
    assert last[1] == total and last[-1] == f"大写：{capitals(round(total * 100))}"


def test_the_register_adds_up_by_month_and_by_member(demo, ask, tmp_path):
    rows = written(demo, tmp_path, "dues-register")
    paid = dict(
        ask(
            "SELECT CAST(substr(month, 6) AS INTEGER), sum(amount_fen) / 100.0 FROM dues_entry "
            "WHERE month LIKE '2026-%' AND kind IN ('dues', 'back', 'ahead') GROUP BY month"
        )
    )
    months = next(row for row in rows if row and row[0] == "实交合计")
    assert months[1:13] == [round(paid.get(number, 0), 2) for number in range(1, 13)]
    assert months[13] == round(sum(paid.values()), 2)
    by_name = ask(
        "SELECT member_name, sum(amount_fen) / 100.0, count(*) FROM dues_entry WHERE month LIKE '2026-%' GROUP BY member_id"
    )
    lines = {row[1]: row for row in rows if len(row) > 3 and isinstance(row[0], int)}
    namesakes = {name for name, _, _ in by_name if sum(name == other for other, _, _ in by_name) > 1}
    for name, yuan, count in by_name:
        if name not in namesakes:
            assert round(yuan, 2) in lines[name], (name, yuan)
            assert len([value for value in lines[name][3:] if isinstance(value, int | float)]) == count + 4
    assert capitals(round(sum(paid.values()) * 100)) in "".join(str(value) for row in rows for value in row)


def test_the_month_report_counts_what_came_in(demo, ask, tmp_path):
    cells = [value for row in written(demo, tmp_path, "dues-month") for value in row]
    between = "FROM dues_entry WHERE on_date BETWEEN '2026-09-01' AND '2026-09-30'"
    ((came,),) = ask(f"SELECT sum(amount_fen) {between} AND kind IN ('dues', 'back', 'ahead', 'voluntary', 'large')")
    ((handed,),) = ask(f"SELECT sum(amount_fen) {between} AND kind = 'remittance'")
    ((paid,),) = ask("SELECT sum(amount_fen) FROM dues_entry WHERE month = '2026-09'")
    value = {label: cells[cells.index(label) + 1] for label in ("本月收到", "本月上缴", "本月已交", "收到大写")}
    assert (value["本月收到"], value["本月上缴"], value["本月已交"]) == (came / 100, handed / 100, paid / 100)
    assert value["收到大写"] == capitals(came)
    states = dict(
        ask("SELECT state, count(*) FROM dues_close_row r JOIN dues_month_close c ON c.id = r.close_id "
            "WHERE c.month = '2026-09' GROUP BY state")
    )  # fmt: skip
    assert [cells[cells.index(word) + 1] for word in ("已交人数", "未交清")] == [states["paid"], states["unpaid"]]


def test_the_slip_names_the_sum_in_capitals(demo, ask, tmp_path):
    rows = written(demo, tmp_path, "remittance")
    entries = ask(
        "SELECT on_date, amount_fen / 100.0, receipt_no FROM dues_entry WHERE kind = 'remittance' "
        "AND on_date LIKE '2026-09-%' ORDER BY id"
    )
    assert [(row[1], row[3], row[5]) for row in table(rows, "序号")] == entries
    total = round(sum(yuan for _, yuan, _ in entries), 2)
    assert ["人民币大写", capitals(round(total * 100))] in rows and ["合计", total] in rows


def test_a_slip_before_the_hand_over_is_for_what_is_in_hand(demo, ask, tmp_path):
    rows = written(demo, tmp_path, "remittance", period="2026-11")
    ((in_hand,),) = ask(
        "SELECT sum(CASE WHEN kind = 'remittance' THEN -amount_fen ELSE amount_fen END) FROM dues_entry"
    )
    assert ["人民币大写", capitals(in_hand)] in rows and ["合计", in_hand / 100] in rows


def test_the_publication_has_every_member_and_category(demo, ask, tmp_path):
    rows = written(demo, tmp_path, "dues-publication")
    by_name = ask(
        "SELECT member_name, sum(amount_fen) / 100.0 FROM dues_entry WHERE month LIKE '2026-%' GROUP BY member_id"
    )
    shown = sorted((row[1], row[3]) for row in table(rows, "序号"))
    assert shown == sorted((name, round(yuan, 2)) for name, yuan in by_name)
    heads = ask("SELECT count(DISTINCT member_id) FROM dues_assessment WHERE year = 2026 AND category = 'farmer'")
    assert ["农民", *heads[0]] in [row[:2] for row in rows]
    ((came,),) = ask(
        "SELECT sum(amount_fen) FROM dues_entry WHERE kind IN ('dues', 'back', 'ahead', 'voluntary', 'large')"
    )
    assert ["全年收缴", came / 100, "收缴大写", capitals(came)] in rows


def test_the_meetings_stand_with_their_heads(demo, ask, tmp_path):
    rows = table(written(demo, tmp_path, "meetings"), "序号")
    wanted = ask(
        "SELECT e.on_date, (SELECT sum(status IN ('present', 'late')) FROM roll_entry r WHERE r.event_id = e.id) "
        "FROM event e WHERE e.month LIKE '2026-%' AND EXISTS (SELECT 1 FROM event_kind k WHERE k.event_id = e.id "
        "AND k.kind IN ('branch_meeting', 'committee', 'group_meeting', 'lesson')) ORDER BY e.on_date"
    )
    assert [str(_plain(row[3])) for row in rows] == [day for day, _ in wanted]
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


def test_the_money_of_the_visits_adds_up(demo, ask, tmp_path):
    ((total,),) = ask("SELECT sum(amount_fen) / 100.0 FROM visit WHERE on_date LIKE '2026-%'")
    assert ["合计", total] in written(demo, tmp_path, "visit")


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


@pytest.mark.parametrize("members", [0, 1, 44, 500])
def test_every_form_stands_for_every_size_of_branch(book, tmp_path, members):
    with book.act("造数", with_session=True) as act:
        people = [
            {"name": f"党员{n}", "reading": f"dang yuan {n}", "kind": "full", "joined_on": "2001-07-01"}
            for n in range(members)
        ]
        insert_members(act, people)
        insert_event(act, {"month": "2026-11", "on_date": "2026-11-06"}, frozenset({"party_day"}))
        act.connection.execute(
            "INSERT INTO change_request (event_id, from_date, to_date, reason, duty, state) SELECT id, '2026-11-06', '2026-11-13', '防汛', "
            "'consent', 'drafted' FROM event"
        )
    if members:
        make_plan(book, YEAR)
    for key, variant in ALL:
        kind = form_named(key)
        period = "2026-11-06" if kind.periods == ("event",) else when_of(kind)
        rows = written(book, tmp_path, key, variant, period)
        assert len(rows) > 2, key
        if key in ("roster", "sign-in", "dues-register"):
            assert (
                sum(str(value).startswith("党员") and str(value)[2:].isdigit() for row in rows for value in row)
                == members
            )


def test_hostile_text_in_every_field_is_printed_as_text(demo_path, tmp_path):
    path = shutil.copy(demo_path, tmp_path / "poisoned.db")
    poison(path)
    book = open_demo(path, Clock(DEMO_DAY))
    for key, variant in ALL:
        kind = form_named(key)
        asked = forms.asked_for(book, key, when_of(kind), variant)
        target = forms.export_form(book, asked, tmp_path / "出")
        with zipfile.ZipFile(target) as archive:
            for name in archive.namelist():
                is_sheet = name.startswith("xl/worksheets/")  # a chart names its cells in <f> too
                assert not (is_sheet and re.search(rb"<f[ >/]", archive.read(name))), (key, name)
        for sheet in load_workbook(target).worksheets:
            assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type in ("f", "e")], key
            assert max(it.height or 0 for it in sheet.row_dimensions.values()) <= 409, key
        CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    book.close()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("没有的表",), "没有「没有的表」这张表格"),
        (("notice",), "请写活动的日期"),
        (("notice", "十一月"), "不是「十一月」"),
        (("notice", "2026-11-07"), "2026-11-07 没有安排活动"),
        (("notice", "9999"), "这次活动已经不在计划里"),
        (("roster", "2026", "full"), "不分年月"),
        (("roster", "", "blank"), "党员花名册没有「blank」这一种"),
        (("year-plan", "2026-11"), "按年输出"),
        (("year-plan", "", "full"), "没有「full」"),
        (("dues-month", "26"), "月份没有看懂"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_with_the_next_step(demo, words, sentence):
    with pytest.raises(UserMistake, match=re.escape(sentence)):
        forms.asked_for(demo, *words)


def test_a_form_of_an_event_that_only_the_rules_gave_is_refused_but_for_the_sign_in(demo, tmp_path):
    with pytest.raises(UserMistake, match="还没有排进计划"):
        forms.export_form(demo, forms.asked_for(demo, "notice", "2027-01-08"), tmp_path)
    assert forms.export_form(demo, forms.asked_for(demo, "签到表", "2027-01-08", "blank"), tmp_path).is_file()


def test_a_year_or_a_month_left_out_is_the_present_one(demo):
    assert forms.asked_for(demo, "year-plan").when == TODAY.year
    assert forms.asked_for(demo, "党费收缴月报").when == Month(2026, 11)
    assert forms.asked_for(demo, "self-check", "2026-03").when == Month(2026, 3)


def test_the_name_of_the_file_says_branch_period_and_form(demo, tmp_path):
    names = {
        forms.file_name(demo, forms.asked_for(demo, *words))
        for words in (
            ("dues-month", "2026-09"),
            ("sign-in", "2026-09-04", "blank"),
            ("roster", "", "masked"),
            ("talk", "2025"),
        )
    }
    assert names == {
        "柳湾村党支部 2026年9月 党费收缴月报",
        "柳湾村党支部 2026-09-04 到镇廉政教育基地 签到表（空白）",
        "柳湾村党支部 2026-11-06 党员花名册（遮住号码）",
        "柳湾村党支部 2025年 谈心谈话登记表",
    }


def test_every_room_of_a_form_exists_and_no_two_forms_share_a_name():
    assert len({kind.key for kind in FORMS} | {kind.title for kind in FORMS}) == 2 * len(FORMS)
    assert all(kind.rooms and kind.help and kind.reading for kind in FORMS)
    assert [kind.key for kind in forms.forms_of("register talk")] == ["talk"]


def test_the_switching_of_threads_is_as_before_after_an_export():
    usual = sys.getswitchinterval()
    with forms.keys_first():
        assert sys.getswitchinterval() < usual
    assert sys.getswitchinterval() == usual


def test_openpyxl_waits_for_the_first_export(demo_path, tmp_path):
    program = f"""
import sys
from datetime import date
from pathlib import Path
from partyday_tui.clock import Clock
from partyday_tui.services import forms
from partyday_tui.services.books import open_existing
from partyday_tui.ui.screens import exporting
book = open_existing(Path({str(shutil.copy(demo_path, tmp_path / "book.db"))!r}), Clock(date(2026, 11, 6)))
for key, period in (("dues-register", "2026"), ("record", "2026-09-04"), ("meeting-statistics", "2026")):
    forms.form_of(book, forms.asked_for(book, key, period))
assert "openpyxl" not in sys.modules
forms.export_form(book, forms.asked_for(book, "roster", "", "masked"), Path({str(tmp_path)!r}))
assert "openpyxl" in sys.modules
book.close()
"""
    subprocess.run([sys.executable, "-c", program], check=True)
