"""Talks, visits, hardship and the development of members (CON-15 to CON-20, CON-27)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations

from partyday_tui.rules.development import STEPS, next_due, steps_done
from partyday_tui.rules.duties.duty import Ask, Duty, Period, Proof, Wanted
from partyday_tui.rules.duties.facts import MemberFacts, Talk
from partyday_tui.rules.duties.view import View, by_member, entry_period, number, one, words
from partyday_tui.rules.rule_book import RuleInForce

_TALK_WITHIN = timedelta(days=14)
_REPORT_WITHIN = timedelta(days=31)
_FIXED = {"元旦": (1, 1), "七一": (7, 1), "国庆": (10, 1)}
_KNOWN = ("春节", *_FIXED)
_VISITS_BEFORE, _VISITS_AFTER = timedelta(days=30), timedelta(days=15)


def people_duties(view: View) -> Iterator[Duty]:
    """Every duty that is about members as persons."""
    for family in (_talks, _triggers, _talk_papers, _visits, _visits_of_the_year, _reports, _hardship, _development):
        yield from family(view)


def _talks(view: View) -> Iterator[Duty]:
    """The three classes of pairs: every two of the committee, each member with one of it, each with another member."""
    year = view.whole_year
    rule = view.rule("talk.per_year_each_pair", year.last)
    if rule is None:
        return
    committee = [member for member in view.members(year) if member.committee]
    others = [member for member in view.members(year) if not member.committee]
    talks = _talks_of_members(view)
    pairs = [
        (f"{first.name}、{second.name}", _between(talks[first.id], first, {second.id}))
        for first, second in combinations(committee, 2)
    ]
    for subject, title, why, wanted in (
        ("committee", "支委之间谈心谈话", "支委不到两人", pairs),
        ("with_committee", "支委与党员谈心谈话", "没有支委或没有其他党员", _each(talks, others, committee)),
        ("members", "党员之间谈心谈话", "支委以外的党员不到两人", _each(talks, others, others)),
    ):
        ask = Ask("CON-15", rule, title, year, year.last, "本年的谈话记录", number(rule), None, subject)
        yield view.settle(ask._replace(not_applicable=why), wanted)


def _talks_of_members(view: View) -> Mapping[int, list[Talk]]:
    found: defaultdict[int, list[Talk]] = defaultdict(list)
    for talk in view.facts.talks:
        for member_id in talk.members if talk.on.year == view.year else ():
            found[member_id].append(talk)
    return found


def _each(talks: Mapping[int, list[Talk]], members: list[MemberFacts], partners: list[MemberFacts]) -> Wanted:
    """Each member with their talks with any partner other than themselves; nobody where there is no such partner."""
    ids = {partner.id for partner in partners}
    return [(it.name, _between(talks[it.id], it, ids)) for it in members if len(ids) > (it.id in ids)]


def _between(talks: list[Talk], member: MemberFacts, partners: set[int]) -> list[Proof]:
    """Those of a member's talks that had a partner in them besides."""
    return [Proof(talk.on, "talk", talk.id) for talk in talks if (talk.members - {member.id}) & partners]


def _triggers(view: View) -> Iterator[Duty]:
    names = {member.id: member.name for member in view.facts.members}
    for trigger in view.facts.triggers:
        rule = view.rule("talk.triggers", trigger.on)
        if rule and trigger.on.year == view.year and trigger.what in words(rule):
            name = names.get(trigger.member_id, "")
            committee = {member.id for member in view.members_on(trigger.on) if member.committee}
            proofs = [
                Proof(talk.on, "talk", talk.id)
                for talk in view.facts.talks
                if talk.on >= trigger.on and trigger.member_id in talk.members
                if talk.members & (committee - {trigger.member_id})
            ]
            title, note = f"与{name}谈心：{trigger.what}", "原文写「及时」，按14天提示"
            period = entry_period("trigger", trigger.id, trigger.on)
            ask = Ask("CON-17", rule, title, period, trigger.on + _TALK_WITHIN, "支委与本人的谈话记录", note=note)
            yield view.settle(ask, one(proofs))


def _talk_papers(view: View) -> Iterator[Duty]:
    for code, key, kind, title in (
        ("CON-16", "talk.register_quarterly", "talk_register", "上报谈话记录表"),
        ("CON-27", "talk.reminders_quarterly", "talk_reminders", "汇总谈话提醒记录表"),
    ):
        for period in view.quarters():
            if rule := view.rule(key, period.last):
                proofs = [
                    Proof(paper.on, "paper", paper.id)
                    for paper in view.facts.papers
                    if paper.kind == kind and period.first <= paper.on <= period.last
                ]
                yield view.settle(Ask(code, rule, title, period, period.last, "上交的日期"), one(proofs))


def _visits(view: View) -> Iterator[Duty]:
    """Before 七一, 春节 and whatever else is named: everyone of the classes of ``visit.members``."""
    last = view.whole_year.last
    at_the_end = view.rule("visit.occasions", last)
    for occasion in dict.fromkeys([*_KNOWN, *(words(at_the_end) if at_the_end else ())]):
        day = occasion_day(view, occasion)
        rule = view.rule("visit.occasions", day or last)
        if rule and occasion in words(rule):
            yield _of_occasion(view, rule, occasion, day)


def _of_occasion(view: View, rule: RuleInForce, occasion: str, day: date | None) -> Duty:
    period = view.whole_year
    if day:
        period = period._replace(first=day - _VISITS_BEFORE, last=day + _VISITS_AFTER)
    chosen, classes = _to_visit(view, day or period.last)
    ask = Ask(
        "CON-18",
        rule,
        f"{occasion}走访慰问",
        period,
        day or period.last,
        "走访慰问的记录",
        subject=occasion,
        note="" if day else f"没有{view.year}年{occasion}的日期，按年底提示",
        not_applicable=f"没有{classes}",
    )
    return view.settle(ask, _visited(view, chosen, period))


def occasion_day(view: View, occasion: str) -> date | None:
    """The day of an occasion in the year; None for a word that is not known, or 春节 where no lunar days are."""
    if occasion in _FIXED:
        return date(view.year, *_FIXED[occasion])
    if occasion != "春节":
        return None
    days = view.facts.lunar.items()
    first = (on for on, it in days if on.year == view.year and (it.month, it.day, it.is_leap) == (1, 1, False))
    return next(first, None)


def _to_visit(view: View, on: date) -> tuple[list[MemberFacts], str]:
    """The members who are of the classes that the guide names on a day, today where it is still to come, and the words for them."""
    rule = view.rule("visit.members", on)
    classes = words(rule) if rule else ("老党员", "生活困难党员")
    old, poor = "老党员" in classes, any("困难" in word for word in classes)
    chosen = [it for it in view.members_on(min(on, view.today)) if (old and it.veteran) or (poor and it.hardship)]
    return chosen, "、".join(classes)


def _visited(view: View, members: list[MemberFacts], period: Period) -> Wanted:
    visits = by_member(visit for visit in view.facts.visits if period.first <= visit.on <= period.last)
    return [(it.name, [Proof(visit.on, "visit", visit.id) for visit in visits[it.id]]) for it in members]


def _visits_of_the_year(view: View) -> Iterator[Duty]:
    """Where no occasion is named: each once in the year."""
    year = view.whole_year
    rule = view.rule("visit.members", year.last)
    if rule and not view.rule("visit.occasions", year.last):
        chosen, classes = _to_visit(view, year.last)
        note = "原文没有写次数，按每年一次提示"
        ask = Ask(
            "CON-18",
            rule,
            f"帮扶慰问{classes}",
            year,
            year.last,
            "走访慰问的记录",
            note=note,
            not_applicable=f"没有{classes}",
        )
        yield view.settle(ask, _visited(view, chosen, year))


def _reports(view: View) -> Iterator[Duty]:
    names = {member.id: member.name for member in view.facts.members}
    for visit in view.facts.visits:
        rule = view.rule("visit.reported", visit.on)
        if rule and visit.on.year == view.year:
            name = names.get(visit.member_id, "")
            proofs = [Proof(visit.reported_on, "visit", visit.id)] if visit.reported_on else []
            period, due = entry_period("visit", visit.id, visit.on), visit.on + _REPORT_WITHIN
            note = "原文没有写期限，按一个月内的活动提示"
            ask = Ask("CON-18", rule, f"通报对{name}的走访慰问", period, due, "在活动上通报的日期", note=note)
            yield view.settle(ask, one(proofs))


def _hardship(view: View) -> Iterator[Duty]:
    year = view.whole_year
    if rule := view.rule("hardship.register", year.last):
        title, evidence, why = "困难党员动态台账", "每名困难党员在台账里的记录", "没有困难党员"
        ask = Ask("CON-19", rule, title, year, year.last, evidence, not_applicable=why)
        rows = by_member(view.facts.hardships)
        wanted = [
            (it.name, [Proof(row.from_on, "hardship", row.id) for row in rows[it.id]])
            for it in view.members(year)
            if it.hardship
        ]
        yield view.settle(ask, wanted)


def _development(view: View) -> Iterator[Duty]:
    """Each candidate: the steps done, and the nearest deadline."""
    rule = view.rule("development.steps", view.whole_year.last)
    for candidate in view.facts.candidates if rule else ():
        if rule is None or (candidate.ended_on and candidate.ended_on <= view.today):
            continue
        start = min((on for _, on in candidate.steps), default=view.whole_year.first)
        done, needed = steps_done(candidate, view.today), number(rule)
        ask = Ask(
            "CON-20",
            rule,
            f"发展党员：{candidate.name}",
            entry_period("candidate", candidate.id, start),
            next_due(candidate, view.today),
            f"{needed}道程序的日期",
            tally=(done, needed),
        )
        archived = candidate.done_on(len(STEPS))
        finished = archived if done >= needed else None
        yield view.settle(ask, one([Proof(finished, "candidate", candidate.id)] if finished else []))
