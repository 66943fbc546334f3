"""What is told to the members, and what an inspection asked to be mended (DUE-07, PRO-09, PRO-10, SUP-02)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from partyday_tui.rules.duties.duty import Ask, Duty, Proof
from partyday_tui.rules.duties.facts import DUES_REPORT
from partyday_tui.rules.duties.view import View, entry_period, one, words

_REPORT_WITHIN = timedelta(days=31)


def affairs_duties(view: View) -> Iterator[Duty]:
    """Reports of each month, the yearly publication of dues, problems and findings."""
    for family in (_reports, _dues, _problems, _findings):
        yield from family(view)


def _reports(view: View) -> Iterator[Duty]:
    for key, title in (("affairs.report", "党务公开"), ("affairs.village", "村（居）务通报")):
        for period in view.months():
            if rule := view.rule(key, period.last):
                note = "原文没有写次数，随每月的活动提示"
                ask = Ask("PRO-09", rule, title, period, period.last, "当月活动里勾选的报告事项", note=note)
                yield view.settle(ask, [(item, view.ticked(period, item)) for item in words(rule)])


def _dues(view: View) -> Iterator[Duty]:
    """A publication within the year; where the guide leaves it to 党务公开, a report of the dues at an event will do."""
    year = view.whole_year
    rule = view.rule("dues.publication", year.last)
    if rule is None:
        return
    published = [
        Proof(paper.on, "paper", paper.id)
        for paper in view.facts.papers
        if paper.kind == "dues_publication" and paper.on.year == view.year
    ]
    evidence = "党费公开表的公开日期"
    if rule.value == "affairs":
        evidence += "，或活动上报告的党费收缴"
        published += view.ticked(year, DUES_REPORT)
    yield view.settle(Ask("DUE-07", rule, "党费公开", year, year.last, evidence), one(published))


def _problems(view: View) -> Iterator[Duty]:
    for problem in view.facts.problems:
        rule = view.rule("affairs.mending_reported", problem.settled_on)
        if rule and problem.settled_on.year == view.year:
            due = problem.settled_on + _REPORT_WITHIN
            title, evidence = f"通报整改：{problem.title}", "向党员群众通报的日期"
            note = "原文写「及时」，按31天提示"
            period = entry_period("problem", problem.id, problem.settled_on)
            proofs = [Proof(problem.reported_on, "problem", problem.id)] if problem.reported_on else []
            yield view.settle(Ask("PRO-10", rule, title, period, due, evidence, note=note), one(proofs))


def _findings(view: View) -> Iterator[Duty]:
    for finding in view.facts.findings:
        rule = view.rule("inspection.mended_in_time", finding.found_on)
        if rule and finding.found_on.year == view.year:
            period = entry_period("finding", finding.id, finding.found_on)
            proofs = [Proof(finding.mended_on, "finding", finding.id)] if finding.mended_on else []
            ask = Ask("SUP-02", rule, f"限期整改：{finding.title}", period, finding.mend_by, "整改完成的日期")
            yield view.settle(ask, one(proofs))
