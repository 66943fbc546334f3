"""The papers of dues hold what independent SQL says, to the fen, in figures and in capital characters."""

from tests.services.sheets.printed import table, written

from partyday_tui.rules.dues.money import capitals

# A name that two members bear is printed with the year of birth.
NAME = (
    "(SELECT m.name || CASE WHEN (SELECT count(*) FROM member n WHERE n.name = m.name) > 1 "
    "THEN ' ' || substr(m.born_on, 1, 4) || '年生' ELSE '' END FROM member m WHERE m.id = {}.member_id)"
)


def test_the_assessment_sums_what_was_decided(demo, ask, tmp_path):
    rows = written(demo, tmp_path, "dues-assessment")
    decided = ask(
        f"SELECT {NAME.format('a')}, monthly_fen / 100.0 FROM dues_assessment a WHERE year = 2026 AND id = "
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
        f"SELECT {NAME.format('e')}, sum(amount_fen) / 100.0, count(*) FROM dues_entry e WHERE month LIKE '2026-%' GROUP BY member_id"
    )
    lines = {row[1]: row for row in rows if len(row) > 3 and isinstance(row[0], int)}
    assert len({name for name, _, _ in by_name}) == len(by_name) == len(lines)
    for name, yuan, count in by_name:
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
        f"SELECT {NAME.format('e')}, sum(amount_fen) / 100.0 FROM dues_entry e WHERE month LIKE '2026-%' GROUP BY member_id"
    )
    shown = sorted((row[1], row[3]) for row in table(rows, "序号"))
    assert shown == sorted((name, round(yuan, 2)) for name, yuan in by_name)
    heads = ask("SELECT count(DISTINCT member_id) FROM dues_assessment WHERE year = 2026 AND category = 'farmer'")
    assert ["农民", *heads[0]] in [row[:2] for row in rows]
    ((came,),) = ask(
        "SELECT sum(amount_fen) FROM dues_entry WHERE kind IN ('dues', 'back', 'ahead', 'voluntary', 'large')"
    )
    assert ["全年收缴", came / 100, "收缴大写", capitals(came)] in rows
