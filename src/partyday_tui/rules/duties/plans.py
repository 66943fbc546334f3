"""The yearly plan, its filing, study plans, and changes of a date (CAL-01, CAL-11, CAL-12, CAL-15, CAL-20)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from partyday_tui.rules.duties.duty import Ask, Duty, Proof
from partyday_tui.rules.duties.facts import Change, Plan
from partyday_tui.rules.duties.view import View, covered, entry_period, of_event, one, words
from partyday_tui.rules.month import Month, months_of_year

PARTY_DAY_PLAN = "主题党日活动计划"
_END_OF_JANUARY = "原文没有写期限，按1月底提示"


def plan_duties(view: View) -> Iterator[Duty]:
    """The plan made, filed, the study plans made: all by the end of January, which is this program's reading."""
    due, opens, period = date(view.year, 1, 31), date(view.year - 1, 12, 1), view.whole_year
    plans = [plan for plan in view.facts.plans if plan.year == view.year]
    if rule := view.rule("plan.yearly", due):
        title, evidence = "年度活动计划", "计划里每个月都有的主题党日"
        ask = Ask("CAL-01", rule, title, period, due, evidence, opens_on=opens, note=_END_OF_JANUARY)
        yield view.settle(ask, [(f"{month.month}月", _slots(view, month)) for month in months_of_year(view.year)])
    if rule := view.rule("plan.filed", due):
        ask = Ask(
            "CAL-15", rule, "年度计划报上级备案", period, due, "计划的备案日期", opens_on=opens, note=_END_OF_JANUARY
        )
        filed = [Proof(plan.filed_on, "plan", plan.id) for plan in plans if plan.filed_on]
        yield view.settle(ask, one(filed))
    if rule := view.rule("plan.study", due):
        ask = Ask("CAL-20", rule, "年度学习计划", period, due, "制定了的学习计划", opens_on=opens, note=_END_OF_JANUARY)
        yield view.settle(ask, covered(words(rule), lambda name: _made(plans, name)))


def _slots(view: View, month: Month) -> list[Proof]:
    """Undated, since a slot does not say when it was planned."""
    return [
        Proof(None, "event", event.id)
        for event in view.facts.events
        if event.month == month and "party_day" in event.kinds
    ]


def _made(plans: list[Plan], name: str) -> list[Proof]:
    return [Proof(plan.made_on, "plan", plan.id) for plan in plans if plan.name == name and plan.made_on]


def change_duties(view: View) -> Iterator[Duty]:
    """For each event that the branch moved: asked or reported in writing, agreed to, and held in the same month."""
    for change in view.facts.changes:
        if change.from_on.year == view.year:
            yield from _of_change(view, change)


def _of_change(view: View, change: Change) -> Iterator[Duty]:
    period = entry_period("change", change.id, change.from_on)
    opens = min(change.from_on, change.to_on) - timedelta(days=31)
    sent = [Proof(change.sent_on, "change", change.id)] if change.sent_on else []
    agreed = [Proof(change.approved_on, "change", change.id)] if change.approved_on else []
    rule = view.rule("party_day.change", change.from_on)
    moved = f"{change.from_on.month}月{change.from_on.day}日改到{change.to_on.month}月{change.to_on.day}日"
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
