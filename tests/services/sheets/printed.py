"""A form as two readers find it in its file."""

from datetime import date

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from partyday_tui.rules.form_kinds import FORMS, form_named
from partyday_tui.services import forms

YEAR, HELD, MOVED = 2026, date(2026, 9, 4), date(2026, 8, 14)
MEMBER = "1"
ALL = [(kind.key, variant.key) for kind in FORMS for variant in kind.variants or [None] if variant] + [
    (kind.key, "") for kind in FORMS if not kind.variants
]
"""Every form in every variant."""


def when_of(kind):
    if kind.periods == ("event",):
        return str(MOVED if kind.key == "change-request" else HELD)
    own = {"leave": "1", "member": f"{MEMBER} {YEAR}", "month": f"{YEAR}-09"}
    return own.get(kind.periods[0], str(YEAR)) if kind.periods else ""


def written(book, folder, key, variant="", period=None):
    """The cells of a form by both readers: a list of rows of the values that are there."""
    kind = form_named(key)
    period = when_of(kind) if period is None else period
    path = forms.export_form(book, forms.asked_for(book, key, period, variant), folder)
    sheets = load_workbook(path).worksheets
    rows = [[cell.value for cell in row if cell.value is not None] for sheet in sheets for row in sheet.iter_rows()]
    again = [
        [value for value in row if value != ""]
        for name in CalamineWorkbook.from_path(path).sheet_names
        for row in CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python()
    ]
    shown = [[str(plain(value)) for value in row] for row in rows]
    assert [row for row in shown if row] == [[str(plain(value)) for value in row] for row in again if row]
    return rows


def plain(value):
    """The two readers tell numbers and days apart differently."""
    if hasattr(value, "date"):
        return value.date()
    return float(value) if isinstance(value, int | float) else value


def table(rows, first_head):
    """The rows under the heads of a table, each as a list, until a row that does not begin with a number."""
    start = next(at for at, row in enumerate(rows) if row and row[0] == first_head)
    found = []
    for row in rows[start + 1 :]:
        if not row or not isinstance(row[0], int):
            break
        found.append(row)
    return found
