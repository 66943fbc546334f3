"""The registers in a book: entries written, changed, settled and taken out, who is missing, and the facts for the duties."""

from datetime import date, timedelta

import pytest

from partyday_tui.clock import Clock
from partyday_tui.errors import UserMistake
from partyday_tui.rules.changes import said_before_and_after
from partyday_tui.rules.duties.facts import Finding, HardshipEntry, MemberEntry, Paper, Problem, Talk, Trigger, Visit
from partyday_tui.rules.month import Month
from partyday_tui.rules.registers import REGISTERS
from partyday_tui.services import registers as service
from partyday_tui.services.presets import override_rule
from partyday_tui.store import registers as facts

TODAY = date(2026, 11, 6)
HOSTILE = "张[/foo]三"
TEXTS = {
    "talk": {"topic": "思想"},
    "talk_trigger": {"what": "遇到困难或挫折"},
    "visit": {"occasion": "七一"},
    "hardship": {"trouble": "因病"},
    "problem": {"title": "联系不及时"},
    "praise": {"kind": "好人好事", "deed": "雨夜帮邻居"},
    "volunteering": {"project": "清河道", "served_minutes": "90分"},
    "outreach": {"way": "电话联系"},
    "inspection": {"by_whom": "青山镇党委"},
    "duty_post": {"station": "环境卫生岗"},
    "superior_report": {"kind": "谈话记录表"},
}
PEOPLE = {"several": [1, 2], "one": [1], "perhaps": [1], "none": []}
named = service.register_named


@pytest.fixture
def book(book):
    """Five members: 2 and 3 floating, 4 in hardship, 5 joined in 1970."""
    with book.act("造数") as act:
        act.connection.executemany(
            "INSERT INTO member (id, name, reading, kind, floating, hardship, joined_on) VALUES (?, ?, ?, 'full', ?, ?, ?)",
            [
                (1, "安一", "an yi", 0, 0, "2010-07"),
                (2, "白二", "bai er", 1, 0, "2010-07"),
                (3, HOSTILE, "zhang san", 1, 0, "2010-07"),
                (4, "丁四", "ding si", 0, 1, "2010-07"),
                (5, "戊五", "wu wu", 0, 0, "1970"),
            ],
        )
    return book


def add(book, key, people=None, **texts):
    register = named(key)
    chosen = PEOPLE[register.people] if people is None else people
    return service.add(book, register, {"on_date": "2026-06-05", **TEXTS[key], **texts}, chosen)[0]


@pytest.mark.parametrize("register", REGISTERS, ids=lambda it: it.key)
def test_an_entry_is_written_changed_and_taken_out_and_each_is_recorded(book, register):
    (key,) = add(book, register.key)
    (entry,) = service.entries_of(book, register, 2026)
    assert entry.id == key and [person.id for person in entry.people] == PEOPLE[register.people]
    service.edit(book, register, key, {"on_date": "2026-06-04"})
    assert service.existing(book, register, key).on == date(2026, 6, 4)
    service.take_out(book, register, key)
    assert service.entries_of(book, register, 2026) == []
    told = [change.what for change in service.entry_history(book, register, key)]
    assert list(dict.fromkeys(told)) == [f"去掉{register.title}", f"修改{register.title}", f"记{register.title}"]
    with pytest.raises(UserMistake, match="已经不在"):
        service.edit(book, register, key, {})


@pytest.mark.parametrize("register", REGISTERS, ids=lambda it: it.key)
def test_the_list_of_a_year_holds_that_year(book, register):
    for on in ("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01"):
        add(book, register.key, on_date=on)
    ends = {"visit", "hardship", "problem", "duty_post"}
    days = [entry.on.isoformat() for entry in service.entries_of(book, register, 2026)]
    older = ["2025-12-31"] if register.key in ends else []
    assert days == ["2026-12-31", "2026-01-01", *older], "what still waits is shown in this year"
    assert [entry.on.year for entry in service.entries_of(book, register, 2025)] == [2025]


def test_several_members_at_once_get_an_entry_each(book):
    assert len(add(book, "outreach", [2, 3, 2])) == 2
    assert [person.name for it in service.entries_of(book, named("outreach"), 2026) for person in it.people] == [
        HOSTILE,
        "白二",
    ]


def test_the_list_of_one_member(book):
    add(book, "talk", [1, 2])
    add(book, "talk", [1, 4])
    assert len(service.entries_of(book, named("talk"), 2026, member_id=1)) == 2
    assert len(service.entries_of(book, named("talk"), 2026, member_id=4)) == 1
    add(book, "visit", [4])
    assert service.entries_of(book, named("visit"), 2026, member_id=1) == []
    add(book, "problem")
    assert service.entries_of(book, named("problem"), 2026, member_id=1) == []


@pytest.mark.parametrize(
    ("key", "people", "texts", "said"),
    [
        ("talk", [1], {}, "至少要有两名"),
        ("talk", [1, 1], {}, "至少要有两名"),
        ("praise", [], {}, "还没有选党员"),
        ("problem", [1], {}, "不记到个人"),
        ("visit", [], {}, "请选党员，或填"),
        ("talk", [1, 2], {"on_date": "x"}, "日期"),
        ("volunteering", [1], {"served_minutes": "0"}, "时长"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(book, key, people, texts, said):
    with pytest.raises(UserMistake, match=said):
        add(book, key, people, **texts)
    assert book.rows(f"SELECT count(*) FROM {key}")[0][0] == 0


def test_a_household_is_visited_without_a_member(book):
    add(book, "visit", [], household="张大爷家属")
    (entry,) = service.entries_of(book, named("visit"), 2026)
    assert entry.names == "张大爷家属"
    assert facts.visits(book, 2026) == (), "the duty is about members"
    with pytest.raises(UserMistake, match="请选党员，或填"):
        service.edit(book, named("visit"), entry.id, {"household": ""})
    service.edit_people(book, named("visit"), entry.id, [4])
    assert service.existing(book, named("visit"), entry.id).people[0].id == 4


def test_a_day_to_come_is_told_not_refused(book):
    register = named("talk")
    _, told = service.add(book, register, {"on_date": "2026-11-07", "topic": "思想"}, [1, 2])
    assert told == ["日期 2026-11-07 在今天之后，请核对"]


def test_other_people_are_named_and_the_record_says_who(book):
    (key,) = add(book, "talk", [1, 2])
    service.edit_people(book, named("talk"), key, [1, 3])
    said = [line for it in service.entry_history(book, named("talk"), key) for line in said_before_and_after(it)]
    assert ("党员", "空", HOSTILE) in said and ("党员", "白二", "空") in said
    (praised,) = add(book, "praise", [1])
    service.edit_people(book, named("praise"), praised, [2])
    (first, *_) = service.entry_history(book, named("praise"), praised)
    assert said_before_and_after(first) == [("党员", "安一", "白二")]
    with pytest.raises(UserMistake, match="只选一人"):
        service.edit_people(book, named("praise"), praised, [1, 2])


def test_money_and_time_are_told_as_people_say_them(book):
    (key,) = add(book, "visit", amount_fen="200")
    (served,) = add(book, "volunteering")
    assert ("慰问金", "空", "200.00元") in said_before_and_after(service.entry_history(book, named("visit"), key)[0])
    assert ("时长", "空", "1小时30分") in said_before_and_after(
        service.entry_history(book, named("volunteering"), served)[0]
    )


def test_an_entry_is_settled_step_by_step(book):
    register = named("problem")
    (key,) = add(book, "problem", due_on="2026-07-31")
    (state,) = [it for it in service.overview(book, 2026) if it.register is register]
    assert (state.waiting, state.late) == ((("未整改", 1),), 1)
    service.settle(book, register, key, register.ends[0], date(2026, 7, 20))
    (state,) = [it for it in service.overview(book, 2026) if it.register is register]
    assert (state.waiting, state.late) == ((("待通报", 1),), 0)
    assert len(service.entries_of(book, register, 2026, only_open=True)) == 1
    service.settle(book, register, key, register.ends[1], date(2026, 8, 14))
    assert service.entries_of(book, register, 2026, only_open=True) == []
    assert [it.what for it in service.entry_history(book, register, key)] == [
        "问题整改通报",
        "问题整改整改完成",
        "记问题整改",
    ]


def test_a_change_of_a_hardship_is_a_new_row_and_the_old_one_stays(book):
    register = named("hardship")
    (key,) = add(book, "hardship", [4], level="一般")
    new = service.change_from(book, register, key, {"on_date": "2026-08-03", "trouble": "因病", "level": "较重"})
    rows = service.history_of_member(book, register, 4)
    assert [(it.id, it.values["on_date"], it.values["ended_on"], it.values["level"]) for it in rows] == [
        (new, "2026-08-03", None, "较重"),
        (key, "2026-06-05", "2026-08-02", "一般"),
    ]
    assert len(book.rows("SELECT 1 FROM act WHERE what = '困难党员情况变化'")) == 1
    with pytest.raises(UserMistake, match="已经结束"):
        service.change_from(book, register, key, {"on_date": "2026-09-01", "trouble": "因病"})
    with pytest.raises(UserMistake, match="要晚于 2026-08-03"):
        service.change_from(book, register, new, {"on_date": "2026-08-03", "trouble": "因病"})


def people_of(book, key):
    return [person.id for person in service.gap(book, named(key)).people]


def test_who_had_no_talk_this_year(book):
    assert people_of(book, "talk") == [1, 2, 4, 5, 3]
    add(book, "talk", [1, 5])
    add(book, "talk", [2, 3], on_date="2025-12-31")
    assert people_of(book, "talk") == [2, 4, 3]


def test_which_floating_members_were_not_reached_this_month(book):
    add(book, "outreach", [2], on_date="2026-10-31")
    assert people_of(book, "outreach") == [2, 3]
    add(book, "outreach", [2], on_date="2026-11-01")
    assert people_of(book, "outreach") == [3]
    assert [person.id for person in service.unreached(book, Month(2026, 10))] == [3]


@pytest.mark.parametrize(("status", "missing"), [("present", [2]), ("other", [2]), ("leave", [2, 3]), (None, [2, 3])])
def test_who_took_part_in_an_event_was_reached(book, status, missing):
    with book.act("点名") as act:
        act.connection.execute("INSERT INTO event (id, month, on_date) VALUES (1, '2026-11', '2026-11-06')")
        act.connection.execute(
            "INSERT INTO roll_entry (event_id, member_id, name, kind, floating, infirm, status) VALUES (1, 3, '张', 'full', 1, 0, ?)",
            (status,),
        )
    assert people_of(book, "outreach") == missing


def test_the_old_and_those_in_hardship_are_to_be_visited(book):
    assert people_of(book, "visit") == [4, 5]
    add(book, "visit", [5])
    assert people_of(book, "visit") == [4]


def test_a_member_in_hardship_is_to_be_in_the_register(book):
    assert people_of(book, "hardship") == [4]
    (key,) = add(book, "hardship", [4])
    assert people_of(book, "hardship") == []
    service.settle(book, named("hardship"), key, named("hardship").ends[0], TODAY)
    assert people_of(book, "hardship") == [4]


def test_nobody_who_left_is_missing(book):
    with book.act("转出") as act:
        act.connection.execute(
            "INSERT INTO movement (member_id, kind, on_date) VALUES (1, 'transfer_out', '2026-10-01')"
        )
    assert 1 not in people_of(book, "talk")


def test_a_reminder_waits_until_a_talk_with_that_member(book):
    (first,) = add(book, "talk_trigger", [4])
    add(book, "talk", [1, 4], on_date="2026-06-04")
    add(book, "talk", [1, 2], on_date="2026-06-06")
    assert service.waiting_triggers(book) == {first}
    add(book, "talk", [1, 4])
    assert service.waiting_triggers(book) == frozenset()


def test_the_words_of_the_rule_in_force_can_be_chosen(book):
    field = named("talk_trigger").field("what")
    assert service.choices(book, field)[:3] == ("受到批评或处分", "遇到困难或挫折", "群众有不良反映")
    override_rule(book, "talk.triggers", ("家庭变故",), "支部决定")
    assert service.choices(book, field) == ("家庭变故", "受到批评或处分", "遇到困难或挫折", "群众有不良反映")


def test_a_member_is_named_by_name_or_key(book):
    assert service.members_named(book, ["安一", "2"]) == [1, 2]
    with pytest.raises(UserMistake, match="没有「无人」"):
        service.members_named(book, ["无人"])
    with book.act("同名") as act:
        act.connection.execute("INSERT INTO member (id, name, reading, kind) VALUES (9, '安一', 'an yi', 'full')")
    with pytest.raises(UserMistake, match=r"2 位「安一」.*1（未分组）、9（未分组）"):
        service.members_named(book, ["安一"])


def test_the_registers_are_the_facts_of_the_duties(book):
    add(book, "talk", [1, 4])
    add(book, "talk_trigger", [4])
    add(book, "visit", [5], reported_on="2026-07-03")
    add(book, "hardship", [4])
    add(book, "problem", settled_on="2026-06-05")
    add(book, "outreach", [2])
    add(book, "inspection", findings="资料不全", mend_by="2026-07-01")
    add(book, "inspection")
    add(book, "superior_report")
    add(book, "superior_report", kind="违纪违法情况")
    day = date(2026, 6, 5)
    assert facts.talks(book, 2026) == (Talk(1, day, frozenset({1, 4})),)
    assert facts.triggers(book, 2026) == (Trigger(1, day, 4, "遇到困难或挫折"),)
    assert facts.visits(book, 2026) == (Visit(1, day, 5, date(2026, 7, 3)),)
    assert facts.hardships(book, 2026) == (HardshipEntry(1, 4, day),)
    assert facts.problems(book, 2026) == (Problem(1, "联系不及时", day, None),)
    assert facts.outreach(book, 2026) == (MemberEntry(1, day, 2),)
    assert facts.findings(book, 2026) == (Finding(1, "资料不全", day, date(2026, 7, 1), None),)
    assert facts.papers(book, 2026) == (Paper(1, "talk_register", day),)


@pytest.mark.parametrize("year", [2025, 2027])
def test_the_facts_of_another_year_are_not_read(book, year):
    add(book, "talk", [1, 4])
    add(book, "talk_trigger", [4])
    add(book, "visit", [5])
    add(book, "problem", settled_on="2026-06-05")
    add(book, "outreach", [2])
    add(book, "inspection", mend_by="2026-07-01")
    add(book, "superior_report")
    (key,) = add(book, "hardship", [4])
    service.settle(book, named("hardship"), key, named("hardship").ends[0], TODAY)
    for read in (
        facts.talks,
        facts.triggers,
        facts.visits,
        facts.problems,
        facts.outreach,
        facts.findings,
        facts.papers,
    ):
        assert read(book, year) == (), read
    assert facts.hardships(book, year) == ()


def test_facts_reach_over_the_turn_of_the_year_where_a_duty_does(book):
    add(book, "visit", [5], on_date="2025-12-20")
    assert len(facts.visits(book, 2026)) == 1, "元旦 and 春节 are visited ahead"
    add(book, "talk_trigger", [4], on_date="2025-12-30")
    add(book, "talk", [1, 4], on_date="2026-01-05")
    add(book, "talk", [1, 2], on_date="2026-01-05")
    assert [talk.members for talk in facts.talks(book, 2025)] == [frozenset({1, 4})], (
        "the talk that the trigger asked for"
    )


def test_twenty_years_of_entries_leave_the_list_of_a_year_as_it_is(book):
    for year in range(2006, 2026):
        book.clock = Clock(date(year, 6, 5))
        add(book, "talk", [1, 2], on_date=f"{year}-06-05")
    book.clock = Clock(TODAY)
    add(book, "talk", [1, 2])
    plan = " ".join(
        row["detail"]
        for row in book.rows(
            "EXPLAIN QUERY PLAN SELECT * FROM talk r WHERE r.on_date BETWEEN '2026-01-01' AND '2026-12-31'"
        )
    )
    assert "talk_by_date" in plan
    assert len(service.entries_of(book, named("talk"), 2026)) == 1
    assert len(service.history_of_member(book, named("talk"), 1)) == 21


def test_five_thousand_members_are_all_told_as_missing(book):
    with book.act("造数") as act:
        act.connection.executemany(
            "INSERT INTO member (name, reading, kind) VALUES (?, 'wang', 'full')", [(f"王{n}",) for n in range(5000)]
        )
    everyone = [member.id for member in service.people_to_choose(book)]
    assert len(people_of(book, "talk")) == 5005
    add(book, "volunteering", everyone, on_date=(TODAY - timedelta(days=1)).isoformat())
    assert len(service.entries_of(book, named("volunteering"), 2026)) == 5005
