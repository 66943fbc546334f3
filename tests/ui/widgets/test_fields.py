"""What a form's field accepts and how it hands it on."""

import pytest

from partyday_tui.ui.widgets.fields import Field


@pytest.mark.parametrize(
    ("kind", "typed", "written"),
    [
        ("date", "2026-11-06", "2026-11-06"),
        ("date", "2026.11.6", "2026-11-06"),
        ("date", "2026年11月6日", "2026-11-06"),
        ("date", "", ""),
        ("partial_date", "1972年7月", "1972-07"),
        ("partial_date", "197207", "1972-07"),
        ("text", "1972年7月", "1972年7月"),
    ],
)
def test_a_date_is_handed_on_in_one_form(kind, typed, written):
    field = Field("on", "日期", kind=kind)
    assert field.mistake(typed) is None
    assert field.written(typed) == written


@pytest.mark.parametrize(
    ("kind", "typed"),
    [("date", "2026-02-30"), ("date", "2026-11"), ("date", "明天"), ("partial_date", "1972-13"), ("number", "三")],
)
def test_an_impossible_value_is_refused_with_a_sentence(kind, typed):
    assert Field("on", "日期", kind=kind).mistake(typed)
