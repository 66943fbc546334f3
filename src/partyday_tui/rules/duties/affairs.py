"""What is told to the members, and what an inspection asked to be mended and what is decided together (DUE-07, PRO-08 to PRO-10, SUP-02)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from partyday_tui.errors import UserMistake
from partyday_tui.rules.duties.duty import Ask, Duty, Proof
from partyday_tui.rules.duties.facts import DUES_REPORT
from partyday_tui.rules.duties.view import View, entry_period, of_event, one, shown, words
from partyday_tui.rules.votes import Vote, judge

_REPORT_WITHIN = timedelta(days=31)


def affairs_duties(view: View) -> Iterator[Duty]:
    """Reports of each month, decisions, the yearly publication of dues, problems and findings."""
    for family in (_reports, _decisions, _dues, _problems, _findings):
        yield from family(view)


def _reports(view: View) -> Iterator[Duty]:
    for key, title in (("affairs.report", "党务公开"), ("affairs.village", "村（居）务通报")):
        for period in view.months():
            if rule := view.rule(key, period.last):
                note = "原文没有写次数，随每月的活动提示"
                ask = Ask("PRO-09", rule, title, period, period.last, "当月活动里勾选的报告事项", note=note)
                events = [(event.ticked, of_event(event)) for event in view.held(period)]
                wanted = [(item, [proof for ticked, proof in events if item in ticked]) for item in words(rule)]
                yield view.settle(ask, wanted)


def _decisions(view: View) -> Iterator[Duty]:
    """Each matter put to the vote: discussed, and decided with enough people there."""
    for event in view.held(view.whole_year):
        rule = view.rule("affairs.decided", event.on) if event.decided and event.on else None
        for decided in event.decided if rule and event.on else ():
            assert rule and event.on
            period = view.event_period(event.id, event.on)
            evidence = f"记下的讨论情况，和到会人数够的表决；{rule.value_words}都要这样定"
            subject = f"decision-{decided.id}"
            ask = Ask("PRO-08", rule, f"民主决策：{decided.matter}", period, event.on, evidence, subject=subject)
            wanted = [
                ("讨论情况", shown(event, event.discussion)),
                ("有效的表决", shown(event, _is_valid(decided.vote))),
            ]
            yield view.settle(ask, wanted)


def _is_valid(vote: Vote) -> bool:
    """Whether enough came to vote; heads that do not add up make no valid vote."""
    try:
        return judge(vote).has_quorum
    except UserMistake:
        return False


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
