"""Standing content through the year: the oath, the constitution, speeches, lessons (CON-01 to CON-07, CON-29)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from partyday_tui.rules.duties.duty import Ask, Duty, Period, Proof
from partyday_tui.rules.duties.facts import OATH, SPEECHES, MemberEntry, MemberFacts
from partyday_tui.rules.duties.procedure import is_secretary
from partyday_tui.rules.duties.view import PARTY_DAY_KINDS, View, by_member, number, of_event, one, words

_NO_NUMBER = "原文没有写次数，按每年一次提示"


def content_duties(view: View) -> Iterator[Duty]:
    """Oath, constitution, speeches and lessons of the year."""
    for family in (_oath_of_joining_month, _oath_together, _constitution, _speeches, _lessons, _lecturers, _integrity):
        yield from family(view)


def _oath_of_joining_month(view: View) -> Iterator[Duty]:
    """Per member whose joining month it is; one who joined in this very month has nothing to renew yet."""
    oaths = by_member(view.facts.oaths)
    joined_in: defaultdict[int, list[MemberFacts]] = defaultdict(list)
    for member in view.facts.members:
        joined_in[member.joined.month if member.joined else 0].append(member)
    for period in view.months():
        if rule := view.rule("oath.joining_month", period.last):
            on = min(period.last, view.today)
            joined = [
                it
                for it in joined_in[period.first.month]
                if it.joined and it.joined.year < view.year and it.in_branch(on)
            ]
            unknown = sum(it.in_branch(on) for it in joined_in[0])
            evidence, why = "逐人勾选的重温誓词", "没有本月入党的党员"
            note = f"有{unknown}名党员没有入党日期" if unknown else ""
            title = f"{period.first.month}月入党的党员重温誓词"
            ask = Ask("CON-01", rule, title, period, period.last, evidence, note=note, not_applicable=why)
            yield view.settle(ask, [(member.name, _renewed(oaths[member.id], period)) for member in joined])


def _renewed(oaths: list[MemberEntry], period: Period) -> list[Proof]:
    """From the month on to the end of its year: renewed later is made up late."""
    inside = (oath for oath in oaths if period.first <= oath.on and oath.on.year == period.first.year)
    return [Proof(oath.on, "oath", oath.id) for oath in inside]


def _oath_together(view: View) -> Iterator[Duty]:
    year, day = view.whole_year, date(view.year, 7, 1)
    sworn = [event for event in view.held(year, *PARTY_DAY_KINDS) if OATH in event.ticked]
    if rule := view.rule("oath.founding_day", day):
        at_founding_day = [of_event(it) for it in sworn if "founding_day" in it.kinds or (it.on and it.on.month == 7)]
        title, evidence = "「七一」集中重温入党誓词", "「七一」或七月活动里勾选的重温誓词"
        ask = Ask("CON-02", rule, title, year, day, evidence, opens_on=date(view.year, 6, 1))
        yield view.settle(ask, one(at_founding_day))
    if rule := view.rule("oath.together", year.last):
        ask = Ask("CON-02", rule, "集体重温入党誓词", year, year.last, "活动里勾选的重温誓词", note=_NO_NUMBER)
        yield view.settle(ask, one(of_event(event) for event in sworn))


def _constitution(view: View) -> Iterator[Duty]:
    """Every segment of the reading plan, as often as the rule says; without a plan the whole text is one segment."""
    year = view.whole_year
    if rule := view.rule("constitution.readings_per_year", year.last):
        segments = [segment for segment in view.facts.segments if segment.year == view.year]
        wanted = [(it.title, [Proof(on, "segment", it.id) for on in it.read_on]) for it in segments]
        note = "" if segments else "还没有诵读计划"
        ask = Ask("CON-03", rule, "诵读党章全文", year, year.last, "诵读计划里读过的各段", each=number(rule), note=note)
        yield view.settle(ask, wanted or [("全文", [])])


def _speeches(view: View) -> Iterator[Duty]:
    for period in view.months():
        if rule := view.rule("study.speeches_per_month", period.last):
            proofs = view.ticked(period, SPEECHES)
            title, evidence = "系列讲话专题学习", "当月活动里勾选的系列讲话专题学习"
            ask = Ask("CON-04", rule, title, period, period.last, evidence, each=number(rule))
            yield view.settle(ask, one(proofs))


def _lessons(view: View) -> Iterator[Duty]:
    for period in view.quarters():
        if rule := view.rule("lesson.per_quarter", period.last):
            proofs = [of_event(event) for event in view.held(period, "lesson")]
            ask = Ask("CON-05", rule, "党课", period, period.last, "本季度的党课", each=number(rule))
            yield view.settle(ask, one(proofs))
    for period in view.months():
        rule = view.rule("lesson.months", period.last)
        if rule and f"{period.first.month}月" in words(rule):
            proofs = [of_event(event) for event in view.held(period, "lesson")]
            ask = Ask("CON-05", rule, f"{period.first.month}月的党课", period, period.last, "当月的党课")
            yield view.settle(ask, one(proofs))


def _lecturers(view: View) -> Iterator[Duty]:
    year = view.whole_year
    lectures = view.held(year, "lesson")
    if rule := view.rule("lesson.by_secretary_per_year", year.last):
        by_secretary = [of_event(event) for event in lectures if any(map(is_secretary, event.lecturers))]
        evidence = "书记讲的党课"
        ask = Ask("CON-06", rule, "书记讲党课", year, year.last, evidence, each=number(rule))
        yield view.settle(ask, one(by_secretary))
    if rule := view.rule("lesson.by_leaders_per_year", year.last):
        role = "领导班子成员"
        proofs = [of_event(event) for event in lectures if _has_role(event.lecturers, role)]
        ask = Ask("CON-07", rule, f"{role}讲党课", year, year.last, f"{role}讲的党课", each=number(rule))
        yield view.settle(ask, one(proofs))
    if rule := view.rule("lesson.other_lecturers", year.last):
        for role in words(rule):
            proofs = [of_event(event) for event in lectures if _has_role(event.lecturers, role)]
            evidence, why = f"{role}讲的党课", f"没有登记{role}"
            ask = Ask("CON-07", rule, f"{role}讲党课", year, year.last, evidence, subject=role, not_applicable=why)
            known = proofs or _has_role(view.facts.roles, role)
            yield view.settle(ask, one(proofs) if known else [])


def _has_role(roles: frozenset[str], role: str) -> bool:
    """党支部第一书记 and 第一书记 are the same role."""
    return role.removeprefix("党支部") in {each.removeprefix("党支部") for each in roles}


def _integrity(view: View) -> Iterator[Duty]:
    year = view.whole_year
    if rule := view.rule("integrity.items", year.last):
        ask = Ask("CON-29", rule, "党风廉政教育", year, year.last, "活动里勾选的各项", note=_NO_NUMBER)
        yield view.settle(ask, [(item, view.ticked(year, item)) for item in words(rule)])
