"""A package of the demo: what is in it, what its index says, and that stopping leaves nothing."""

import os
import shutil
import sqlite3
from contextlib import closing

import pytest
from openpyxl import load_workbook
from tests.whole.poison import poison

from partyday_tui.clock import Clock
from partyday_tui.errors import PartydayError, UserMistake
from partyday_tui.excel import package_file
from partyday_tui.paths import layouts_of
from partyday_tui.rules.form_kinds import FORMS
from partyday_tui.rules.month import Month
from partyday_tui.rules.outbox import State
from partyday_tui.rules.packages import inspection_package, month_package, repeated_by, year_package
from partyday_tui.services import outbox
from partyday_tui.services.collect import collect
from partyday_tui.services.demo import DEMO_DAY, open_demo
from partyday_tui.services.figures import branch_figures
from partyday_tui.services.forms import asked_for, form_of
from partyday_tui.services.month_gaps import month_gaps
from partyday_tui.services.package import Stopped, begin, lay_ready, make, write_package
from partyday_tui.services.package_contents import contents

SEPTEMBER, YEAR = month_package(Month(2026, 9)), year_package(2026)
HALF = inspection_package(Month(2026, 1), Month(2026, 6))
JANUARY = inspection_package(Month(2026, 1), Month(2026, 1))


def rows(sheet):
    return [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]


def listed(path):
    """(number, form, tab, period, rows) of the index, by its own sheet."""
    index = load_workbook(path)["目录"]
    return [row for row in rows(index) if len(row) > 2 and isinstance(row[0], int)]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "出"


def test_a_month_holds_the_forms_of_its_events_then_its_dues_and_registers(demo, folder):
    made = write_package(demo, SEPTEMBER, folder)
    assert made.path.name == "柳湾村党支部 2026年9月材料.xlsx" and os.listdir(folder) == [made.path.name]
    found = listed(made.path)
    expected = [
        ["活动通知", "活动通知 09-04"],
        ["签到表", "签到表 09-04"],
        ["活动纪实表", "活动纪实表 09-04"],
        ["会议记录", "会议记录 09-04"],
        ["主题测评汇总表", "主题测评汇总表 09-04"],
        ["党费收缴月报", "党费收缴月报"],
        ["党费上缴单", "党费上缴单"],
        ["谈心谈话登记表", "谈心谈话"],
        ["谈心提醒登记表", "谈心提醒"],
        ["应办事项自查表", "应办事项自查表"],
    ]
    assert [row[1:3] for row in found if row[1:3] in expected] == expected
    assert made.forms == len(found) and load_workbook(made.path).sheetnames == ["目录", *(row[2] for row in found)]


def test_every_link_of_an_index_leads_to_a_sheet_with_the_form_it_names(demo, folder):
    workbook = load_workbook(write_package(demo, JANUARY, folder).path)
    links = [cell for row in workbook["目录"].iter_rows() for cell in row if cell.hyperlink]
    assert len(links) > 30
    assert all(cell.hyperlink.location == f"'{cell.value}'!A1" and cell.value in workbook for cell in links)
    assert max(map(len, workbook.sheetnames)) <= 31


def test_a_year_holds_every_form_and_of_the_events_what_each_has(demo, ask):
    found = contents(demo, YEAR)
    counts = {kind.key: sum(1 for it in found if it.kind is kind) for kind in FORMS}
    assert [kind.key for kind in FORMS if not counts[kind.key] and repeated_by(kind, YEAR.kind) is not None] == []
    year = "on_date BETWEEN '2026-01-01' AND '2026-12-31'"
    (called,) = ask(
        f"SELECT count(DISTINCT event_id) FROM roll_entry JOIN event ON event.id = event_id WHERE status IS NOT NULL AND {year}"
    )[0]
    (changed,) = ask(
        f"SELECT count(DISTINCT event_id) FROM change_request JOIN event ON event.id = event_id WHERE duty <> 'none' AND {year}"
    )[0]
    (dated,) = ask(f"SELECT count(*) FROM event WHERE {year}")[0]
    assert (counts["sign-in"], counts["change-request"], counts["notice"]) == (called, changed, dated)
    assert counts["dues-month"] == 11 and counts["year-plan"] == 1 and counts["talk"] == 1
    assert [it.variant for it in found if it.kind.key in ("roster", "sign-in")] == ["filled"] * called + ["masked"]


def test_the_index_of_an_inspection_names_the_rules_and_says_them(demo, folder):
    workbook = load_workbook(write_package(demo, JANUARY, folder).path)
    index = rows(workbook["目录"])
    plan = next(row for row in index if row[1:2] == ["年度主题党日活动计划表"])
    assert "制定年度计划" in plan[-1]
    assert next(row for row in index if row[1:2] == ["应办事项自查表"])[-1] == "全部规则"
    said = {row[0]: row for name in workbook.sheetnames[:3] for row in rows(workbook[name]) if len(row) == 4}
    assert said["制定年度计划"][1].startswith("「") and said["制定年度计划"][3] == "1"
    (committee,) = (row for row in index if row[2:3] == ["会议记录 01-05"])
    assert said["活动前召开支委会"][3].split("、")[0] == str(committee[0])


def test_the_roster_is_masked_unless_asked_for_whole(demo, ask):
    numbers = {number for (number,) in ask("SELECT phone FROM member WHERE phone <> ''")}
    for package, shown in ((YEAR, False), (year_package(2026, "full"), True)):
        (roster,) = (it for it in contents(demo, package) if it.kind.key == "roster")
        values = {value for row in form_of(demo, roster).tables[0].rows for value in row}
        assert bool(numbers & values) is shown


def test_what_is_missing_and_what_could_not_be_made_stand_in_the_index(demo, folder, demo_path):
    layouts_of(demo.path).write_text('[活动通知]\n栏目 = ["没有"]\n', "utf-8")
    made = write_package(demo, SEPTEMBER, folder)
    texts = [row[-1] for row in rows(load_workbook(made.path)["目录"]) if row]
    assert made.missing == tuple(gap.line for gap in month_gaps(demo, SEPTEMBER.first)) and made.missing
    assert set(made.missing) <= set(texts)
    (left_out,) = made.left_out
    assert left_out in texts and left_out.startswith("活动通知（2026-09-04 到镇廉政教育基地）：")


def test_the_figures_for_the_township_stand_behind_the_forms(demo, folder):
    path = write_package(demo, SEPTEMBER, folder).path
    assert load_workbook(path).sheetnames[-1] == "上报数据"
    assert listed(path)[-1][1:3] == ["上报数据", "上报数据"]
    (branch,) = collect(folder, demo.clock, (SEPTEMBER.first, SEPTEMBER.last)).branches
    assert branch.figures == branch_figures(demo, SEPTEMBER.first, SEPTEMBER.last)


@pytest.mark.parametrize(
    ("package", "period"),
    [(SEPTEMBER, "2026-09"), (YEAR, "2026"), (JANUARY, "2026-01至2026-01"), (HALF, "2026-01至2026-06")],
)
def test_a_package_waits_in_the_outbox_once_for_each_content(demo, folder, package, period):
    made = write_package(demo, package, folder)
    item = lay_ready(demo, package, made)
    assert (item.kind, item.title, item.state) == (package.kind.key, package.title, State.WAITING)
    assert item.period == (period if package is not JANUARY else "2026-01")
    assert outbox.bytes_of(demo, item) == made.path.read_bytes()
    assert lay_ready(demo, package, made) == item, "the same bytes make no second one"


def test_a_folder_of_files_does_not_go_into_the_outbox(demo, folder):
    assert lay_ready(demo, SEPTEMBER, write_package(demo, SEPTEMBER, folder, as_files=True)) is None


def test_single_files_hold_the_same_forms(demo, folder):
    made = write_package(demo, SEPTEMBER, folder, as_files=True)
    assert made.path.is_dir() and made.as_files
    found = [
        row
        for row in rows(load_workbook(made.path / "000 目录.xlsx").active)
        if len(row) > 2 and isinstance(row[0], int)
    ]
    assert [row[2] for row in found] == sorted(os.listdir(made.path))[1:]
    single = load_workbook(next(made.path.glob("* 党费收缴月报.xlsx"))).active
    whole = load_workbook(write_package(demo, SEPTEMBER, folder).path)["党费收缴月报"]
    assert rows(single) == rows(whole)


@pytest.mark.parametrize("as_files", [False, True], ids=["workbook", "files"])
@pytest.mark.parametrize("at", ["write", "check"])
def test_stopping_leaves_the_earlier_package_and_nothing_else(demo, folder, as_files, at):
    earlier = write_package(demo, SEPTEMBER, folder, as_files=as_files).path
    before = {it: it.read_bytes() for it in folder.rglob("*.xlsx")}
    told = []
    with closing(begin(demo)) as copy, pytest.raises(Stopped, match="没有留下文件"):
        make(
            copy,
            SEPTEMBER,
            folder,
            as_files=as_files,
            told=told.append,
            stop=lambda: bool(told) and told[-1].step == at,
        )
    assert told[-1].step == at and "第1张，共" in told[-1].words
    assert {it: it.read_bytes() for it in folder.rglob("*.xlsx")} == before and os.listdir(folder) == [earlier.name]


def test_a_cell_that_the_disk_changed_is_found_before_anything_is_put_in_place(demo, folder, monkeypatch):
    placed = package_file.PackageFile.close

    def close_and_damage(self):
        placed(self)
        import zipfile

        with zipfile.ZipFile(self._temporary) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        with zipfile.ZipFile(self._temporary, "w") as archive:
            for name, data in parts.items():
                archive.writestr(name, data.replace("警示教育".encode(), "警示交流".encode()))

    monkeypatch.setattr(package_file.PackageFile, "close", close_and_damage)
    with pytest.raises(PartydayError, match="读回来和账本不一样（「"):
        write_package(demo, SEPTEMBER, folder)
    assert os.listdir(folder) == []


def test_a_mark_made_meanwhile_does_not_come_into_half_of_the_forms(demo, folder):
    with closing(begin(demo)) as copy:
        with demo.act("造数") as act:
            act.connection.execute("UPDATE member SET name = '改了名'")
        path = make(copy, SEPTEMBER, folder).path
    assert not [row for sheet in load_workbook(path) for row in rows(sheet) if "改了名" in row]


def test_the_forms_are_those_that_are_printed_one_by_one(demo, folder):
    workbook = load_workbook(write_package(demo, SEPTEMBER, folder).path)
    form = form_of(demo, asked_for(demo, "dues-month", "2026-09"))
    values = {value for row in rows(workbook["党费收缴月报"]) for value in row}
    assert {v for table in form.tables for row in table.rows for v in row if isinstance(v, str) and v} <= values


def test_an_empty_book_has_packages_too(book, folder):
    for package in (month_package(Month(2026, 11)), YEAR):
        made = write_package(book, package, folder)
        assert load_workbook(made.path).sheetnames[0] == "目录" and made.left_out == ()


def test_hostile_text_in_every_field_goes_in_and_is_found_again(demo_path, folder, tmp_path):
    path = shutil.copy(demo_path, tmp_path / "poisoned.db")
    poison(path)
    with closing(open_demo(path, Clock(DEMO_DAY))) as book:
        assert write_package(book, SEPTEMBER, folder).path.is_file()
        assert write_package(book, SEPTEMBER, folder, as_files=True).path.is_dir()


@pytest.mark.parametrize("package", [month_package(Month(1066, 1)), year_package(2300)])
def test_a_year_that_the_program_does_not_keep_is_refused(book, folder, package):
    with pytest.raises(UserMistake, match="不在 1949 到"):
        write_package(book, package, folder)
    assert not folder.exists()


def test_nothing_is_written_to_the_book(demo, folder):
    def content():
        with closing(sqlite3.connect(demo.path)) as connection:
            return list(connection.iterdump())

    before = content()
    write_package(demo, SEPTEMBER, folder)
    assert content() == before
