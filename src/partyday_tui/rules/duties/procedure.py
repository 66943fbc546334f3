"""What is due before and at one party-day event (CAL-08, CAL-14, CAL-17, CAL-18, CAL-25, PRO-01 to PRO-03, PRO-05)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from partyday_tui.rules.duties.duty import Ask, Duty, Proof
from partyday_tui.rules.duties.facts import EventFacts
from partyday_tui.rules.duties.view import RUN_UP, View, arranged, covered, dated, number, of_event, shown, words
from partyday_tui.rules.rule_book import RuleInForce

_A_WEEK = timedelta(days=7)


def event_ask(
    view: View,
    event: EventFacts,
    code: str,
    rule: RuleInForce,
    title: str,
    due: date,
    evidence: str,
    note: str = "",
    tally: tuple[int, int] | None = None,
) -> Ask:
    """The ask of one event; nothing applies to an event of the past that was not held."""
    assert event.on
    missed = event.on < view.today and not event.held
    opens = event.on - RUN_UP
    return Ask(
        code,
        rule,
        title,
        view.event_period(event.id, event.on),
        due,
        evidence,
        opens_on=opens if due >= event.on else min(opens, due - _A_WEEK),
        note=note,
        not_applicable="活动没有开展" if missed else "",
        tally=tally,
    )


def settle_event(view: View, ask: Ask, wanted: list[tuple[str, list[Proof]]]) -> Duty:
    """Settle the ask of an event; of one that was not held nothing is wanted."""
    return view.settle(ask, [] if ask.not_applicable else wanted)


def procedure_duties(view: View) -> Iterator[Duty]:
    """Every duty of every party-day event of the year, planned or held."""
    for event in view.party_days:
        for family in (_notice, _committee, _theme, _steps, _host, _length, _content):
            yield from family(view, event)


def _notice(view: View, event: EventFacts) -> Iterator[Duty]:
    assert event.on
    if rule := view.rule("notice.days_before", event.on):
        due = event.on - timedelta(days=number(rule))
        ask = event_ask(view, event, "CAL-14", rule, "公示活动安排", due, "公示的日期", "按自然日倒推")
        yield settle_event(view, ask, [("", dated(event, event.notice_on))])
    if rule := view.rule("notice.leading_cadres", event.on):
        due = event.on - timedelta(days=1)
        ask = event_ask(view, event, "CAL-25", rule, "提前通知党员领导干部", due, "通知的日期")
        cadres = [member for member in view.facts.members if member.leading_cadre and member.in_branch(event.on)]
        yield settle_event(view, ask, [("", dated(event, event.notice_on))] if cadres else [])


def _committee(view: View, event: EventFacts) -> Iterator[Duty]:
    assert event.on
    if rule := view.rule("committee.before_event", event.on):
        ask = event_ask(
            view, event, "CAL-18", rule, "活动前召开支委会", event.on, "关联的支委会，或活动前14天内的支委会"
        )
        yield settle_event(view, ask, [("", _preparation(view, event))])


def _preparation(view: View, event: EventFacts) -> list[Proof]:
    """Meetings of the committee before the event: those linked to it, and those of the last two weeks."""
    assert event.on
    return [
        of_event(meeting)
        for meeting in view.facts.events
        if meeting.held and meeting.on and meeting.on <= event.on and "committee" in meeting.kinds
        if meeting.id in event.run_up or meeting.on >= event.on - RUN_UP
    ]


def _theme(view: View, event: EventFacts) -> Iterator[Duty]:
    assert event.on
    if rule := view.rule("theme.steps", event.on):
        ask = event_ask(view, event, "PRO-03", rule, "确定活动主题", event.on, f"主题，以及{rule.value_words}")
        yield settle_event(view, ask, _theme_wants(view, event, words(rule)))
    if rule := view.rule("theme.required_and_chosen", event.on):
        ask = event_ask(view, event, "CAL-17", rule, "主题有必选和自选", event.on, "必选主题和自选主题")
        parts = [("必选", event.required_theme), ("自选", event.chosen_theme)]
        yield settle_event(view, ask, [(name, _undated(event, text)) for name, text in parts])


def _theme_wants(view: View, event: EventFacts, steps: tuple[str, ...]) -> list[tuple[str, list[Proof]]]:
    """What the superior sets is not asked of the branch, and CAL-18 asks for the committee where it is in force."""
    assert event.on
    wanted = [("主题", _undated(event, event.theme))]
    if "opinions" in steps:
        wanted.append(("征求意见", dated(event, event.opinions_on)))
    if "committee" in steps and not view.rule("committee.before_event", event.on):
        wanted.append(("支委会研究", _preparation(view, event)))
    if "approval" in steps:
        wanted.append(("上级审定", dated(event, event.approved_on)))
    return wanted


def _undated(event: EventFacts, holds: object) -> list[Proof]:
    return [Proof(None, "event", event.id)] if holds else []


def _steps(view: View, event: EventFacts) -> Iterator[Duty]:
    assert event.on
    if rule := view.rule("procedure.steps", event.on):
        ask = event_ask(view, event, "PRO-01", rule, "活动程序", event.on, "各步的日期，或账本里已有的记录")
        wanted = covered(words(rule), lambda step: _step(view, event, step))
        yield settle_event(view, ask, [(name, list(proofs)) for name, proofs in wanted])


def _step(view: View, event: EventFacts, step: str) -> list[Proof]:
    """A step ticked by hand, or fed by what the book holds already."""
    by_hand = [Proof(done.on, "event", event.id) for done in event.steps if done.name == step]
    fed: Callable[[], list[Proof]] | None = {
        "召开支委会确定活动主题和计划": lambda: _preparation(view, event),
        "报机关党委审定": lambda: dated(event, event.approved_on),
        "通过适当形式公开公示": lambda: dated(event, event.notice_on),
        "党员签到": lambda: shown(event, event.roll.expected and not event.roll.unmarked),
        "组织开展活动": lambda: shown(event, True),
        "进行主题测评": lambda: dated(event, event.reviewed_on),
    }.get(step)
    return by_hand + (fed() if fed else [])


def _host(view: View, event: EventFacts) -> Iterator[Duty]:
    assert event.on
    if rule := view.rule("host.delegates", event.on):
        evidence = f"书记主持，或写明原因委托{rule.value_words}主持"
        ask = event_ask(view, event, "PRO-02", rule, "书记主持或委托主持", event.on, evidence)
        yield settle_event(view, ask, [("", arranged(event, _may_host(event, words(rule))))])


def _may_host(event: EventFacts, delegates: tuple[str, ...]) -> bool:
    if is_secretary(event.host):
        return True
    fits = any(
        delegate in event.host or (delegate == "支部委员" and event.host.endswith("委员")) for delegate in delegates
    )
    return fits and bool(event.host_reason)


def is_secretary(post: str) -> bool:
    """Whether a post is that of the branch's secretary, not of a deputy (副书记) or a 第一书记."""
    return post.endswith("书记") and not any(word in post for word in ("副书记", "第一书记"))


def _length(view: View, event: EventFacts) -> Iterator[Duty]:
    assert event.on
    if rule := view.rule("event.minimum_minutes", event.on):
        lasted = event.lasted
        note = "没有写起止时间" if lasted is None else f"记录为{lasted}分钟"
        evidence = f"起止时间，不少于{rule.value_words}"
        ask = event_ask(view, event, "CAL-08", rule, "活动时间够长", event.on, evidence, note)
        yield settle_event(view, ask, [("", shown(event, lasted is not None and lasted >= number(rule)))])


def _content(view: View, event: EventFacts) -> Iterator[Duty]:
    assert event.on
    if rule := view.rule("event.content", event.on):
        evidence = f"勾选了{rule.value_words}之一"
        ask = event_ask(view, event, "PRO-05", rule, "有规定内容", event.on, evidence)
        yield settle_event(view, ask, [("", shown(event, event.ticked & set(words(rule))))])
