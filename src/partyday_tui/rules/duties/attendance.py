"""The roll and the threshold, and those who cannot come (ATT-02, ATT-10, ATT-11, ATT-16)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from partyday_tui.rules.duties.duty import Ask, Duty, Period, Proof
from partyday_tui.rules.duties.facts import EventFacts, MemberEntry, MemberFacts
from partyday_tui.rules.duties.procedure import event_ask, settle_event
from partyday_tui.rules.duties.view import PARTY_DAY_KINDS, View, by_member, number, of_event, shown, words
from partyday_tui.rules.roll import meets_threshold

Attended = list[tuple[frozenset[int], Proof]]
"""The events of a month as evidence, each with the members who took part in it."""


def attendance_duties(view: View) -> Iterator[Duty]:
    """Roll and headcount of each party-day event, then month by month the floating and the infirm."""
    for event in view.party_days:
        yield from _roll(view, event)
    reached: defaultdict[tuple[int, int], list[MemberEntry]] = defaultdict(list)
    for entry in view.facts.outreach:
        reached[entry.on.year, entry.on.month].append(entry)
    for period in view.months():
        events = [(event.took_part, of_event(event)) for event in view.held(period, *PARTY_DAY_KINDS)]
        contacts = by_member(reached[view.year, period.first.month])
        yield from _floating(view, period, events, contacts)
        yield from _infirm(view, period, events, contacts)


def _roll(view: View, event: EventFacts) -> Iterator[Duty]:
    assert event.on
    roll = event.roll
    if rule := view.rule("attendance.recorded", event.on):
        tally = (roll.expected - roll.unmarked, roll.expected) if roll.expected else None
        ask = event_ask(view, event, "ATT-16", rule, "点名", event.on, "每名党员都点到的名单", tally=tally)
        complete = shown(event, roll.expected and not roll.unmarked)
        yield settle_event(view, ask, [("", complete)])
    if rule := view.rule("attendance.threshold_percent", event.on):
        evidence = f"实到人数达到党员总数的{rule.value_words}"
        tally = (roll.came, roll.expected) if roll.expected else None
        ask = event_ask(view, event, "ATT-02", rule, "到会人数", event.on, evidence, tally=tally)
        enough = shown(event, roll.expected and meets_threshold(roll, number(rule)))
        yield settle_event(view, ask, [("", enough)])


def _floating(view: View, period: Period, events: Attended, reached: Mapping[int, list[MemberEntry]]) -> Iterator[Duty]:
    if rule := view.rule("floating.outreach", period.last):
        evidence = f"当月的联系记录（{rule.value_words}等）、补课，或参加了活动"
        title, why = "联系流动党员", "没有流动党员"
        ask = Ask("ATT-10", rule, title, period, period.last, evidence, not_applicable=why)
        wanted = []
        for member in view.members(period):
            if member.floating:
                wanted.append((member.name, _proofs(reached[member.id]) + _took_part(events, member)))
        yield view.settle(ask, wanted)


def _proofs(entries: Iterable[MemberEntry]) -> list[Proof]:
    return [Proof(entry.on, entry.kind, entry.id) for entry in entries]


def _took_part(events: Attended, member: MemberFacts) -> list[Proof]:
    return [proof for came, proof in events if member.id in came]


def _infirm(view: View, period: Period, events: Attended, reached: Mapping[int, list[MemberEntry]]) -> Iterator[Duty]:
    if rule := view.rule("infirm.other_way", period.last):
        classes = words(rule)
        chosen = [
            member
            for member in view.members(period)
            if (member.infirm and "年老体弱党员" in classes) or (member.retired and "离退休党员" in classes)
        ]
        evidence, why = "到会，或以其他方式参加了当月的活动，或补了课", f"没有{rule.value_words}"
        title = f"组织{rule.value_words}参加活动"
        ask = Ask("ATT-11", rule, title, period, period.last, evidence, not_applicable=why)
        wanted = []
        for member in chosen:
            lessons = [entry for entry in reached[member.id] if entry.kind == "make_up"]
            wanted.append((member.name, _took_part(events, member) + _proofs(lessons)))
        yield view.settle(ask, wanted)
