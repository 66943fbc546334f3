"""The papers of leave, absence and attendance hold what independent SQL says."""

import pytest
from tests.services.sheets.printed import plain, table, written

MARKS = {"present": "√", "late": "迟", "leave": "假", "absent": "缺", "other": "他", None: "未"}
ROLLS = "SELECT {what} FROM roll_entry r JOIN event e ON e.id = r.event_id WHERE e.on_date LIKE '2026-%' {more} {grouped} {ordered}"
HEADS = "count(*), sum(r.status IN ('present', 'late')), sum(r.status = 'leave'), sum(r.status = 'absent'), sum(r.status = 'other'), sum(r.status IS NULL)"
BASE = "sum(r.status IN ('present', 'late') OR NOT (r.floating OR r.infirm))"
CASE = "FROM roll_entry r JOIN event e ON e.id = r.event_id JOIN roll_close c ON c.event_id = e.id WHERE r.status IN ('leave', 'absent')"


def rolls(ask, what, more="", grouped="", ordered=""):
    return ask(ROLLS.format(what=what, more=more, grouped=grouped, ordered=ordered))


def test_the_slip_holds_what_was_written(demo, ask, tmp_path):
    rows = written(demo, tmp_path, "leave", period="2")
    (slip,) = ask(
        "SELECT m.name, l.reason_class || '，' || l.reason, l.granted_by, l.first_day || ' 至 ' || l.last_day FROM leave l "
        "JOIN member m ON m.id = l.member_id WHERE l.id = 2"
    )
    cells = [value for row in rows for value in row]
    at = {label: cells[cells.index(label) + 1] for label in ("姓名", "事由", "批准人", "请假起止", "请假方式")}
    assert (at["姓名"], at["事由"], at["批准人"], at["请假起止"], at["请假方式"]) == (*slip, "口头")
    assert {"本人签字", "支部意见", "批准日期", "申请日期", "活动及日期"} <= set(cells)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-04", "2026-04-01", "2026-04-30"),
        ("2026-11", "2026-11-01", "2026-11-30"),
    ],
)
def test_the_summary_has_every_slip_and_who_has_none(demo, ask, tmp_path, period, first, last):
    rows = written(demo, tmp_path, "leave-summary", period=period)
    slips = ask(
        "SELECT m.name FROM leave l JOIN member m ON m.id = l.member_id LEFT JOIN event e ON e.id = l.event_id "
        "WHERE coalesce(l.first_day, e.on_date) <= ? AND coalesce(l.last_day, e.on_date) >= ? "
        "ORDER BY coalesce(l.first_day, e.on_date), l.id",
        last,
        first,
    )
    assert [row[1] for row in table(rows, "序号")] == [name for (name,) in slips]
    without = ask(
        "SELECT e.on_date FROM roll_entry r JOIN event e ON e.id = r.event_id WHERE r.status = 'leave' AND e.on_date BETWEEN ? AND ? "
        "AND NOT EXISTS (SELECT 1 FROM leave l WHERE l.member_id = r.member_id AND (l.event_id = e.id "
        "OR e.on_date BETWEEN l.first_day AND l.last_day)) ORDER BY e.on_date",
        first,
        last,
    )
    text = str(rows)
    assert f"请假条{len(slips)}张" in text and (f"没有请假条的{len(without)}人次" in text) == bool(without)
    days = [str(plain(row[2])) for row in rows if len(row) == 3 and isinstance(row[0], int)]
    assert days == [day for (day,) in without]


@pytest.mark.parametrize("period", ["2026", "2026-07"])
def test_the_follow_up_has_every_case_with_its_steps(demo, ask, tmp_path, period):
    rows = written(demo, tmp_path, "cases", period=period)
    lines = table(rows, "序号")
    (counts,) = ask(f"SELECT count(*) {CASE} AND e.on_date LIKE ?", f"{period}-%")
    made_up = ask(
        f"SELECT count(*) {CASE} AND e.on_date LIKE ? AND EXISTS (SELECT 1 FROM make_up_case u WHERE u.event_id = e.id "
        "AND u.member_id = r.member_id)",
        f"{period}-%",
    )
    assert len(lines) == counts[0] and f"已补课{made_up[0][0]}人次" in str(rows)
    text = "\n".join(str(value) for row in lines for value in row)
    for step in ("contact", "brief"):
        written_ = ask(
            f"SELECT s.on_date, s.word, s.by_whom {CASE.replace('WHERE', 'JOIN case_step s ON s.event_id = e.id AND s.member_id = r.member_id WHERE')} "
            "AND s.step = ? AND e.on_date LIKE ?",
            step,
            f"{period}-%",
        )
        assert written_ and all(" ".join(filter(None, it)) in text for it in written_)
    lessons = ask(
        "SELECT count(*) FROM make_up_case u JOIN event e ON e.id = u.event_id WHERE e.on_date LIKE ?", f"{period}-%"
    )
    assert sum(text.count(word) for word in ("已签字", "未签字")) == lessons[0][0]


def test_the_archive_has_every_lesson_of_every_member(demo, ask, tmp_path):
    rows = table(written(demo, tmp_path, "make-up"), "序号")
    served = ask(
        "SELECT l.on_date, e.on_date, l.form, l.archive_no, u.signed FROM make_up l JOIN make_up_case u ON u.make_up_id = l.id "
        "JOIN event e ON e.id = u.event_id WHERE l.on_date LIKE '2026-%' ORDER BY l.on_date, l.id"
    )
    shown = []
    for row in rows:
        at = next(at for at, value in enumerate(row) if at > 3 and hasattr(value, "year"))
        days = (str(plain(row[at])), row[2][:10])
        shown.append((*days, row[at + 1], next((it for it in row if str(it).endswith("盒")), ""), int("已签" in row)))
    assert sorted(shown) == sorted(served)


def test_the_year_of_attendance_is_what_the_rolls_say(demo, ask, tmp_path):
    rows = written(demo, tmp_path, "attendance")
    lines = table(rows, "序号")
    members = rolls(
        ask, f"r.member_id, {HEADS}, {BASE}, sum(r.status = 'late')", grouped="GROUP BY r.member_id",
    )  # fmt: skip
    wanted = []
    for member, expected, came, leave, absent, other, unmarked, base, late in members:
        marks: dict[int, str] = {}
        for month, status in rolls(ask, "CAST(substr(e.on_date, 6, 2) AS INTEGER), r.status", f"AND r.member_id = {member}", ordered="ORDER BY e.on_date, e.id"):  # fmt: skip
            marks[month] = marks.get(month, "") + MARKS[status]
        cases = ask(f"SELECT count(*) {CASE} AND r.member_id = ? AND e.on_date LIKE '2026-%'", member)[0][0]
        rates = [came / expected, *([came / base] if base else [])]
        wanted.append([*marks.values(), expected, came - late, late, leave, absent, other, unmarked, *rates, cases])
    shown = [row[3 if str(row[2]).endswith("小组") else 2 :] for row in lines]
    assert sorted(map(str, rounded([row[:-1] for row in shown]))) == sorted(map(str, rounded(wanted)))
    ((made_up,),) = ask(
        "SELECT count(*) FROM (SELECT DISTINCT u.event_id, u.member_id FROM make_up_case u JOIN event e ON e.id = u.event_id "
        "JOIN roll_close c ON c.event_id = e.id WHERE e.on_date LIKE '2026-%')"
    )
    assert sum(row[-1] for row in lines) == made_up == next(row for row in rows if row and row[0] == "合计")[-1]
    months = rolls(ask, f"{HEADS}, {BASE}", grouped="GROUP BY e.month", ordered="ORDER BY e.month")
    total = next(row[1:] for row in rows if row and row[0] == "到会率")
    after = next(row[1:] for row in rows if row and row[0] == "扣除后")
    assert total == pytest.approx([it[1] / it[0] for it in months])
    assert after == pytest.approx([it[1] / it[-1] for it in months])


def test_the_rates_stand_by_month_and_by_event_with_the_deducted(demo, ask, tmp_path):
    rows = written(demo, tmp_path, "attendance-rates")

    def figures(grouped, skip):
        found = rolls(
            ask, f"{HEADS}, {BASE}, count(DISTINCT e.id)", grouped=grouped, ordered="ORDER BY e.on_date, e.id"
        )
        return [[*it[skip:6], it[1] / it[0], it[0] - it[6], it[1] / it[6]] for it in found]

    months = [row[3:] for row in rows if row and str(row[0]).endswith("月") and len(row) > 3]
    assert rounded(months) == rounded(figures("GROUP BY e.month", 0))
    events = [row[3:] for row in rows if len(row) == 12 and isinstance(row[0], int)]
    assert rounded(events) == rounded(figures("GROUP BY e.id", 0))
    deducted = rolls(
        ask, "e.on_date, r.name", "AND (r.floating OR r.infirm) AND (r.status IS NULL OR r.status NOT IN ('present', 'late'))",
    )  # fmt: skip
    shown = [(str(plain(row[1])), row[3].split(" ")[0]) for row in rows if isinstance(row[0] if row else "", int) and len(row) in (7, 8)]  # fmt: skip
    assert sorted(shown) == sorted(deducted)


def test_the_year_of_a_member_has_every_event(demo, ask, tmp_path):
    rows = table(written(demo, tmp_path, "member-year"), "序号")
    marks = ask(
        "SELECT e.on_date, r.status FROM roll_entry r JOIN event e ON e.id = r.event_id WHERE r.member_id = 1 "
        "AND e.on_date LIKE '2026-%' ORDER BY e.on_date, e.id"
    )
    words = {"present": "到会", "late": "迟到", "leave": "请假", "absent": "缺席", "other": "其他方式", None: "未点"}
    assert [(str(plain(row[1])), row[3]) for row in rows] == [(day, words[status]) for day, status in marks]


def test_the_record_reads_the_review_and_the_make_up(demo, ask, tmp_path):
    cells = [value for row in written(demo, tmp_path, "record") for value in row]
    told, absent = (cells[cells.index(label) + 1] for label in ("测评结果", "缺席及补课"))
    event = "(SELECT id FROM event WHERE on_date = '2026-09-04' ORDER BY id LIMIT 1)"
    ((given, returned, void),) = ask(
        f"SELECT sum(given), sum(returned), sum(void) FROM review_ballots WHERE event_id = {event}"
    )
    assert f"发出{given}张，收回{returned}张，废票{void}张，有效{returned - void}张" in told
    counts = ask(
        "SELECT dimension, sum(satisfied), sum(fairly), sum(dissatisfied), sum(abstained) FROM review_count "
        f"WHERE event_id = {event} GROUP BY dimension"
    )
    for item, *numbers in counts:
        assert item + "：" + "、".join(f"{word}{number}" for word, number in zip(("满意", "基本满意", "不满意", "弃权"), numbers, strict=True)) in told  # fmt: skip
    taught = ask(
        f"SELECT DISTINCT r.name FROM make_up_case u JOIN roll_entry r ON r.event_id = u.event_id AND r.member_id = u.member_id "
        f"WHERE u.event_id = {event}"
    )
    waiting = ask(
        f"SELECT r.name FROM roll_entry r WHERE r.event_id = {event} AND r.status IN ('leave', 'absent') AND NOT EXISTS "
        "(SELECT 1 FROM make_up_case u WHERE u.event_id = r.event_id AND u.member_id = r.member_id)"
    )
    done, open_ = (next(line for line in absent.split("\n") if line.startswith(word)) for word in ("已补课", "未补课"))
    assert taught and all(name in done for (name,) in taught)
    assert sorted(open_.removeprefix("未补课：").split("、")) == sorted(name for (name,) in waiting)


def rounded(rows):
    return [[round(float(value), 9) if isinstance(value, int | float) else value for value in row] for row in rows]
