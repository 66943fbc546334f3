"""What an event leaves behind: recorder, review, comments, records, filing (PRO-11, PRO-12, EVA-01, REC-01 to REC-08)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from partyday_tui.rules.duties.duty import Duty
from partyday_tui.rules.duties.facts import EventFacts
from partyday_tui.rules.duties.procedure import event_ask, settle_event
from partyday_tui.rules.duties.view import View, arranged, dated, number, shown, words
from partyday_tui.rules.month import Month

_MONTH_END = "原文没有写期限，按当月底提示"


def record_duties(view: View) -> Iterator[Duty]:
    """Every duty after and about the record of every party-day event of the year."""
    for event in view.party_days:
        for family in (_recorder, _review, _comments, _kept, _quality, _filed):
            yield from family(view, event)


def _recorder(view: View, event: EventFacts) -> Iterator[Duty]:
    assert event.on
    if rule := view.rule("record.recorder", event.on):
        ask = event_ask(view, event, "PRO-12", rule, "专人记录", event.on, "记录人")
        yield settle_event(view, ask, [("", arranged(event, event.recorder))])


def _review(view: View, event: EventFacts) -> Iterator[Duty]:
    assert event.on
    if rule := view.rule("review.after_event", event.on):
        dimensions = view.rule("review.dimensions", event.on)
        evidence = "当天的测评" + (f"（{dimensions.value_words}）" if dimensions else "")
        ask = event_ask(view, event, "EVA-01", rule, "当即测评", event.on, evidence)
        yield settle_event(view, ask, [("", dated(event, event.reviewed_on))])


def _comments(view: View, event: EventFacts) -> Iterator[Duty]:
    assert event.on
    if rule := view.rule("review.commented", event.on):
        ask = event_ask(view, event, "PRO-11", rule, "领导干部点评", event.on, "点评的记录")
        yield settle_event(view, ask, [("", shown(event, event.comments_by))])
    if rule := view.rule("review.comment_by", event.on):
        ask = event_ask(view, event, "PRO-11", rule, "点评", event.on, f"{rule.value_words}的点评")
        yield settle_event(view, ask, [("", shown(event, _by_any(event.comments_by, words(rule))))])


def _by_any(commented: frozenset[str], roles: tuple[str, ...]) -> bool:
    return bool({role.removeprefix("党支部") for role in roles} & {role.removeprefix("党支部") for role in commented})


def _kept(view: View, event: EventFacts) -> Iterator[Duty]:
    """The records that the guide names, seen in what the event holds already: nothing is asked twice (REC-10)."""
    assert event.on
    if rule := view.rule("record.kept", event.on):
        ask = event_ask(view, event, "REC-01", rule, "留存记录", _month_end(event), rule.value_words, _MONTH_END)
        yield settle_event(view, ask, [(name, shown(event, _has_record(event, name))) for name in words(rule)])


def _has_record(event: EventFacts, name: str) -> object:
    if "图片" in name or "照片" in name:
        return event.photos
    if "视频" in name:
        return event.videos
    if "签到" in name:
        return event.roll.expected and not event.roll.unmarked
    if any(word in name for word in ("台账", "记录", "文字")):
        return event.minutes
    return name in event.ticked


def _quality(view: View, event: EventFacts) -> Iterator[Duty]:
    assert event.on
    if rule := view.rule("record.quality", event.on):
        evidence = f"记录合乎要求：{rule.value_words}"
        note = f"有{event.photos_off}张照片的拍摄日期不是活动当天" if event.photos_off else _MONTH_END
        ask = event_ask(view, event, "REC-03", rule, "记录要求", _month_end(event), evidence, note)
        yield settle_event(view, ask, [(name, shown(event, _is_so(event, name))) for name in words(rule)])


def _is_so(event: EventFacts, name: str) -> object:
    match name:
        case "按照议程安排":
            return event.agenda
        case "反映过程性痕迹":
            return event.minutes and (event.photos or event.steps)
        case "有讨论、有共识、有主题":
            return event.discussion and event.agreed and event.theme
        case "记录档案与活动计划相互印证":
            return event.minutes and event.photos and not event.photos_off and event.on and event.on in event.month
        case _:
            return event.minutes


def _filed(view: View, event: EventFacts) -> Iterator[Duty]:
    assert event.on
    if rule := view.rule("record.days_after", event.on):
        due = event.on + timedelta(days=number(rule))
        ask = event_ask(view, event, "REC-02", rule, "上报活动纪实表", due, "上报的日期", "按自然日计")
        yield settle_event(view, ask, [("", dated(event, event.record_form_on))])
    for code, key, title, on in (
        ("REC-05", "record.minutes_filed", "会议记录备案", event.minutes_filed_on),
        ("REC-08", "record.filed", "开展情况报上级备案", event.filed_on),
        ("REC-06", "record.workbook", "记入工作手册", event.workbook_on),
    ):
        if rule := view.rule(key, event.on):
            ask = event_ask(view, event, code, rule, title, _month_end(event), f"{title}的日期", _MONTH_END)
            yield settle_event(view, ask, [("", dated(event, on))])


def _month_end(event: EventFacts) -> date:
    assert event.on
    return Month.of(event.on).last_day
