"""三会一课, 组织生活会 and 民主评议 by their counts (CON-08 to CON-10, CON-12 to CON-14)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from partyday_tui.rules.duties.duty import Ask, Duty, Period, Proof, Wanted
from partyday_tui.rules.duties.facts import Appraisal
from partyday_tui.rules.duties.view import View, covered, number, of_event, one, words

_NO_NUMBER = "原文没有写次数，按每年一次提示"


def meeting_duties(view: View) -> Iterator[Duty]:
    """Every meeting that a rule counts, and the systems that a rule wants kept up."""
    for family in (_counted, _group_meetings, _life_meetings, _appraisals, _kept_up):
        yield from family(view)


def _counted(view: View) -> Iterator[Duty]:
    for code, key, kind, title, periods in (
        ("CON-12", "meeting.members_per_quarter", "branch_meeting", "党员大会", view.quarters()),
        ("CON-13", "meeting.committee_per_month", "committee", "支委会", view.months()),
        ("CON-08", "life_meeting.half_yearly", "organization_life", "组织生活会", view.halves()),
    ):
        yield from _by_count(view, code, key, kind, title, periods)


def _by_count(view: View, code: str, key: str, kind: str, title: str, periods: Iterable[Period]) -> Iterator[Duty]:
    for period in periods:
        if rule := view.rule(key, period.last):
            proofs = [of_event(event) for event in view.held(period, kind)]
            note = _agenda(view, period) if kind == "branch_meeting" else ""
            ask = Ask(code, rule, title, period, period.last, f"期内召开的{title}", each=number(rule), note=note)
            yield view.settle(ask, one(proofs))


def _agenda(view: View, quarter: Period) -> str:
    """What the guide suggests for the members' meeting of a quarter: its list goes by quarters (CON-12)."""
    rule = view.rule("meeting.members_agenda", quarter.last)
    matters = words(rule) if rule else ()
    place = (quarter.last.month - 1) // 3
    return f"议题提示：{matters[place]}" if place < len(matters) else ""


def _group_meetings(view: View) -> Iterator[Duty]:
    """Per group; a branch without groups has nothing to do."""
    for period in view.months():
        if rule := view.rule("meeting.group_per_month", period.last):
            ask = Ask(
                "CON-14",
                rule,
                "党小组会",
                period,
                period.last,
                "各党小组当月的会",
                each=number(rule),
                not_applicable="没有党小组",
            )
            held = view.held(period, "group_meeting")
            yield view.settle(
                ask,
                [
                    (group.name, [of_event(event) for event in held if event.group_id == group.id])
                    for group in view.facts.groups
                ],
            )


def _life_meetings(view: View) -> Iterator[Duty]:
    quarter, year = view.fourth_quarter, view.whole_year
    if rule := view.rule("life_meeting.fourth_quarter", quarter.last):
        proofs = [of_event(event) for event in view.held(quarter, "organization_life")]
        title, evidence = "第四季度组织生活会", "第四季度召开的组织生活会"
        yield view.settle(Ask("CON-09", rule, title, quarter, quarter.last, evidence), one(proofs))
    if rule := view.rule("life_meeting.regular", year.last):
        proofs = [of_event(event) for event in view.held(year, "organization_life")]
        ask = Ask("CON-08", rule, "组织生活会", year, year.last, "本年召开的组织生活会", note=_NO_NUMBER)
        yield view.settle(ask, one(proofs))


def _appraisals(view: View) -> Iterator[Duty]:
    """The yearly one and, where the guide names the quarter, that of the fourth quarter, which stands for one a year."""
    year, quarter = view.whole_year, view.fourth_quarter
    in_quarter = view.rule("appraisal.fourth_quarter", quarter.last)
    rule = view.rule("appraisal.per_year", year.last)
    title, evidence = "民主评议党员", "民主评议的日期"
    if rule and (not in_quarter or number(rule) > 1):
        ask = Ask("CON-10", rule, title, year, year.last, evidence, each=number(rule))
        yield view.settle(ask, one(_held(view, year)))
    if in_quarter:
        ask = Ask("CON-10", in_quarter, f"第四季度{title}", quarter, quarter.last, evidence)
        yield view.settle(ask, one(_held(view, quarter)))
    if rule := view.rule("appraisal.steps", year.last):
        standard = view.rule("appraisal.standard", year.last)
        evidence = "各步的日期" + (f"；对照的标准：{standard.value_words}" if standard else "")
        ask = Ask("CON-10", rule, f"{title}的程序", year, year.last, evidence)
        yield view.settle(ask, covered(words(rule), lambda step: _steps(view, step)))


def _of_year(view: View) -> list[Appraisal]:
    return [appraisal for appraisal in view.facts.appraisals if appraisal.on.year == view.year]


def _held(view: View, period: Period) -> list[Proof]:
    return [
        Proof(appraisal.on, "appraisal", appraisal.id)
        for appraisal in _of_year(view)
        if period.first <= appraisal.on <= period.last
    ]


def _steps(view: View, name: str) -> list[Proof]:
    return [
        Proof(step.on, "appraisal", appraisal.id)
        for appraisal in _of_year(view)
        for step in appraisal.steps
        if step.name == name
    ]


_KEPT_UP = {
    "三会一课": "CON-12",
    "组织生活会": "CON-08",
    "主题党日": "CAL-07",
    "民主评议党员": "CON-10",
    "谈心谈话": "CON-15",
}


def _kept_up(view: View) -> Iterator[Duty]:
    """Systems named without a number: each seen at least once in the year; 双重组织生活 leaves no entry of its own."""
    year = view.whole_year
    if rule := view.rule("meeting.kept_up", year.last):
        for name in words(rule):
            wanted = _seen(view, name, year)
            if wanted is not None:
                code = _KEPT_UP[name]
                ask = Ask(code, rule, name, year, year.last, f"本年的{name}", subject=name, note=_NO_NUMBER)
                yield view.settle(ask, wanted)


def _seen(view: View, name: str, year: Period) -> Wanted | None:
    def met(kind: str) -> list[Proof]:
        return [of_event(event) for event in view.held(year, kind)]

    match name:
        case "三会一课":
            group = [("党小组会", met("group_meeting"))] if view.facts.groups else []
            kinds = (("党员大会", "branch_meeting"), ("支委会", "committee"), ("党课", "lesson"))
            return [*((title, met(kind)) for title, kind in kinds), *group]
        case "组织生活会":
            return one(met("organization_life"))
        case "主题党日":
            return one(met("party_day"))
        case "民主评议党员":
            return one(_held(view, year))
        case "谈心谈话":
            return one(Proof(talk.on, "talk", talk.id) for talk in view.facts.talks if talk.on.year == view.year)
        case _:
            return None
