"""The yearly plan, its filing, study plans, and changes of a date (CAL-01, CAL-11 to CAL-13, CAL-15, CAL-20)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from partyday_tui.rules.duties.duty import Ask, Duty, Proof
from partyday_tui.rules.duties.facts import Change, Plan
from partyday_tui.rules.duties.view import View, covered, entry_period, of_event, one, words
from partyday_tui.rules.month import Month, months_of_year
from partyday_tui.rules.rule_book import RuleInForce

PARTY_DAY_PLAN = "主题党日活动计划"
_END_OF_JANUARY = "原文没有写期限，按1月底提示"


def plan_duties(view: View) -> Iterator[Duty]:
    """The plan made, filed, the study plans made: all by the end of January, which is this program's reading."""
    due, opens, period = date(view.year, 1, 31), date(view.year - 1, 12, 1), view.whole_year
    plans = [plan for plan in view.facts.plans if plan.year == view.year]
    if rule := view.rule("plan.yearly", due):
        title, evidence = "年度活动计划", "计划里每个月都有的主题党日"
        ask = Ask("CAL-01", rule, title, period, due, evidence, opens_on=opens, note=_END_OF_JANUARY)
        slots = _slots(view)
        yield view.settle(ask, [(f"{month.month}月", slots[month]) for month in months_of_year(view.year)])
    if rule := view.rule("plan.filed", due):
        ask = Ask(
            "CAL-15", rule, "年度计划报上级备案", period, due, "计划的备案日期", opens_on=opens, note=_END_OF_JANUARY
        )
        filed = [Proof(plan.filed_on, "plan", plan.id) for plan in plans if plan.filed_on]
        yield view.settle(ask, one(filed))
    if rule := view.rule("plan.study", due):
        ask = Ask("CAL-20", rule, "年度学习计划", period, due, "制定了的学习计划", opens_on=opens, note=_END_OF_JANUARY)
        yield view.settle(ask, covered(words(rule), lambda name: _made(plans, name)))


def _slots(view: View) -> Mapping[Month, list[Proof]]:
    """The party days planned for each month; undated, since a slot does not say when it was planned."""
    slots: defaultdict[Month, list[Proof]] = defaultdict(list)
    for event in view.facts.events:
        if "party_day" in event.kinds:
            slots[event.month].append(Proof(None, "event", event.id))
    return slots


def _made(plans: list[Plan], name: str) -> list[Proof]:
    return [Proof(plan.made_on, "plan", plan.id) for plan in plans if plan.name == name and plan.made_on]


def change_duties(view: View) -> Iterator[Duty]:
    """For each event that the branch moved: asked or reported in writing, agreed to, held in the same month; and how often."""
    changes = [change for change in view.facts.changes if change.from_on.year == view.year]
    for change in changes:
        yield from _of_change(view, change)
    if rule := view.rule("party_day.change_restrained", view.whole_year.last):
        yield _restrained(view, rule, changes)


def _restrained(view: View, rule: RuleInForce, changes: list[Change]) -> Duty:
    """The changes of the year, each with its reason and with what the guide asks for it (CAL-13); none is best."""
    year = view.whole_year
    title, evidence = f"不随意改期：本年改期{len(changes)}次", "每次改期的原因，要请示的有同意，要报备的有报备"
    ask = Ask("CAL-13", rule, title, year, year.last, evidence, not_applicable="本年没有改期")
    return view.settle(ask, [(_moved(change), _well_founded(view, change)) for change in changes])


def _well_founded(view: View, change: Change) -> list[Proof]:
    """The reason is written with every change; the day is that of the consent or the report where one is asked for."""
    rule = view.rule("party_day.change", change.from_on)
    asked = rule.value if rule else "adjust"
    on = {"consent": change.approved_on, "report": change.sent_on}.get(str(asked), change.from_on)
    return [Proof(on, "change", change.id)] if on else []


def _moved(change: Change) -> str:
    return f"{change.from_on.month}月{change.from_on.day}日改到{change.to_on.month}月{change.to_on.day}日"


def _of_change(view: View, change: Change) -> Iterator[Duty]:
    period = entry_period("change", change.id, change.from_on)
    opens = min(change.from_on, change.to_on) - timedelta(days=31)
    sent = [Proof(change.sent_on, "change", change.id)] if change.sent_on else []
    agreed = [Proof(change.approved_on, "change", change.id)] if change.approved_on else []
    rule = view.rule("party_day.change", change.from_on)
    moved = _moved(change)
    if rule and rule.value == "consent":
        title, evidence = f"变更活动时间须经同意：{moved}", "上级同意的日期"
        yield view.settle(Ask("CAL-11", rule, title, period, change.to_on, evidence, opens_on=opens), one(agreed))
    if rule and rule.value == "report":
        title, evidence = f"变更活动时间须报备：{moved}", "报备的日期"
        yield view.settle(Ask("CAL-12", rule, title, period, change.to_on, evidence, opens_on=opens), one(sent))
    if rule := view.rule("party_day.change_written", change.from_on):
        title, evidence = f"变更活动时间的书面请示：{moved}", "书面请示的日期"
        yield view.settle(Ask("CAL-11", rule, title, period, change.to_on, evidence, opens_on=opens), one(sent))
    if rule := view.rule("party_day.change_same_month", change.from_on):
        month = Month.of(change.from_on)
        held = [
            of_event(event)
            for event in view.facts.events
            if event.id == change.event_id and event.held and event.on and event.on in month
        ]
        title, evidence = f"改期后当月完成：{moved}", "当月开展的记录"
        yield view.settle(Ask("CAL-12", rule, title, period, month.last_day, evidence, opens_on=opens), one(held))
