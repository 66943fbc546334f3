"""The chain names the entry that was changed, and only that one."""

import pytest

from partyday_tui.rules.dues.ledger_chain import START, Break, as_json, breaks, link


def chained(count):
    rows, previous = [], START
    for key in range(1, count + 1):
        fields = [key, "dues", 50 * key, "甲", None]
        previous = link(previous, fields)
        rows.append((key, fields, previous))
    return rows


def broken(rows):
    return breaks((key, as_json(fields), stored.encode()) for key, fields, stored in rows)


def test_a_chain_as_written_is_whole():
    assert broken(chained(5)) == [] == broken([])


@pytest.mark.parametrize("at", [0, 2, 4])
@pytest.mark.parametrize("field", [1, 2, 3, 4])
def test_a_changed_field_names_its_entry_alone(at, field):
    rows = chained(5)
    rows[at][1][field] = "x"
    assert broken(rows) == [Break(at + 1, "changed")]


def test_a_lost_entry_and_a_changed_hash_are_named():
    rows = chained(5)
    assert broken(rows[:2] + rows[3:]) == [Break(4, "missing")]
    rows[1] = (2, rows[1][1], "0" * 64)
    assert broken(rows) == [Break(2, "changed"), Break(3, "changed")]


def test_fields_cannot_run_into_each_other():
    assert link(START, ["a", "b"]) != link(START, ["ab", ""]) != link(START, ["a,b"])
    assert link(START, [1]) != link(START, ["1"])
    assert link(START, [None]) != link(START, [""])
    assert len(link(START, ["\ud800"])) == 64
