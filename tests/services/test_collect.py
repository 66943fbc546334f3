"""A folder of packages and backups becomes the figures of a region; whatever does not count is named, and nothing crashes."""

import hashlib
import os
import shutil
import socket
import sys
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from tests.dues_branch import dues_branch
from tests.region import FIGURES, OCTOBER, branch, package, strange_package

from partyday_tui.clock import Clock
from partyday_tui.errors import UserMistake
from partyday_tui.rules.month import Month
from partyday_tui.safekeeping import archive, place
from partyday_tui.services import backup
from partyday_tui.services.books import change_branch
from partyday_tui.services.collect import DUPLICATE, NAMESAKE, OTHER_SPAN, UNREADABLE, collect, span_words
from partyday_tui.services.dues_collect import record_payment
from partyday_tui.services.figures import branch_figures
from partyday_tui.services.restore import open_backup

CLOCK = Clock(date(2026, 12, 3))
NOVEMBER = Month(2026, 11)
YEAR = (Month(2026, 1), Month(2026, 12))
PASSPHRASE = "couzhan-yuanling-xichuan-suanguang"
STRANGE_RULE = "INSERT INTO rule_override (key, value, reason, valid_from) VALUES ('no.such', '1', 'x', '2026-01-01')"
OTHER = "abcd-efgh-ijkl-mnop"


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "各支部"
    place.mkdir()
    return place


def told(region):
    """(what, file) of every remark."""
    return [(it.what, it.file) for it in region.remarks]


def only_why(region):
    (remark,) = region.remarks
    assert remark.why.endswith("。")
    return remark.why


def test_branches_stand_by_their_names_whatever_the_files_are_called(folder):
    names = ["张湾村党支部", "阿里村党支部", "重庆路社区党支部", "A区党支部", "柳湾村党支部"]
    for number, name in enumerate(names):
        package(folder / f"镇{number % 2}" / f"{9 - number}.xlsx", branch(number, branch=name, came=number))
    region = collect(folder, CLOCK)
    assert [it.figures.branch for it in region.branches] == [
        "阿里村党支部", "A区党支部", "柳湾村党支部", "张湾村党支部", "重庆路社区党支部",
    ]  # fmt: skip
    assert [it.file for it in region.branches[:2]] == ["镇1/8.xlsx", "镇1/6.xlsx"]
    assert (region.first, region.last, region.remarks) == (OCTOBER, OCTOBER, ())
    assert region.branches[3].figures == branch(0, branch="张湾村党支部", came=0)


@pytest.mark.parametrize(
    ("spans", "asked", "chosen"),
    [
        ([OCTOBER, OCTOBER, NOVEMBER], None, OCTOBER),
        ([OCTOBER, NOVEMBER], None, NOVEMBER),
        ([OCTOBER, OCTOBER, NOVEMBER], NOVEMBER, NOVEMBER),
    ],
)
def test_the_span_is_the_one_asked_for_or_that_of_most_packages(folder, spans, asked, chosen):
    for number, month in enumerate(spans):
        made_on = month.last_day
        package(folder / f"{number}.xlsx", branch(number, first=month, last=month, made_on=made_on))
    region = collect(folder, CLOCK, (asked, asked) if asked else None)
    assert region.first == region.last == chosen
    assert [it.file for it in region.branches] == [f"{at}.xlsx" for at, month in enumerate(spans) if month == chosen]
    others = [(OTHER_SPAN, f"{at}.xlsx") for at, month in enumerate(spans) if month != chosen]
    assert told(region) == others
    assert all(span_words((chosen, chosen)) in it.why for it in region.remarks)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (YEAR, "2026年"),
        ((OCTOBER, OCTOBER), "2026年10月"),
        ((Month(2026, 7), Month(2026, 9)), "2026年7月至9月"),
        ((Month(2025, 7), Month(2026, 6)), "2025年7月至2026年6月"),
    ],
)
def test_a_span_in_words(span, words):
    assert span_words(span) == words


def test_a_year_and_a_month_of_one_branch_are_not_added_up(folder):
    package(folder / "10月.xlsx", FIGURES)
    package(folder / "全年.xlsx", branch(0, book_key=FIGURES.book_key, first=YEAR[0], last=YEAR[1], held=10))
    region = collect(folder, CLOCK, YEAR)
    assert [it.figures.held for it in region.branches] == [10]
    assert told(region) == [(OTHER_SPAN, "10月.xlsx")]


def test_a_package_made_before_its_span_began_does_not_count(folder):
    package(folder / "a.xlsx", branch(1, made_on=date(2026, 9, 30)))
    region = collect(folder, CLOCK)
    assert (region.branches, told(region)) == ((), [(OTHER_SPAN, "a.xlsx")])
    assert "2026-09-30" in only_why(region)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"made_on": date(2026, 11, 1), "revision": 900}, "截至 2026-11-02，比这份新"),
        ({"revision": 242}, "比这份新"),
        ({"made_on": date(2026, 11, 1), "branch": "柳湾支部"}, "（那里叫柳湾村党支部）"),
        ({}, "是一样的"),
    ],
)
@pytest.mark.parametrize("older_first", [True, False])
def test_of_two_of_one_book_the_newer_counts_and_the_other_is_named(folder, changed, words, older_first):
    older, newer = ("1.xlsx", "2.xlsx") if older_first or not changed else ("2.xlsx", "1.xlsx")
    package(folder / older, branch(1, **{"book_key": FIGURES.book_key, "branch": FIGURES.branch} | changed))
    package(folder / newer, FIGURES)
    region = collect(folder, CLOCK)
    assert [it.figures for it in region.branches] == [FIGURES]
    kept, left = (newer, older) if changed else ("1.xlsx", "2.xlsx")
    assert region.branches[0].file == kept
    assert told(region) == [(DUPLICATE, left)]
    assert words in only_why(region) and kept in only_why(region)


def test_two_books_of_one_name_both_count_and_are_pointed_at(folder):
    package(folder / "a.xlsx", branch(1, branch="柳湾村党支部"))
    package(folder / "b.xlsx", branch(2, branch="柳湾村党支部"))
    package(folder / "c.xlsx", branch(3, branch="柳湾村党支部", superior="另一个镇党委"))
    region = collect(folder, CLOCK)
    assert len(region.branches) == 3
    assert told(region) == [(NAMESAKE, "a.xlsx"), (NAMESAKE, "b.xlsx")]


def test_rubbish_is_named_and_the_leavings_of_systems_are_passed_over(folder):
    package(folder / "好的.xlsx")
    (folder / "通知.docx").write_bytes(b"PK\x03\x04 not really")
    (folder / "照片.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))
    (folder / "空的.xlsx").touch()
    (folder / "book.db").write_bytes(b"SQLite format 3\0" + bytes(100))
    (folder / "名册.csv").write_text("姓名,性别\n", "utf-8")
    (folder / "~$好的.xlsx").write_bytes(b"lock")
    (folder / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0")
    (folder / ".隐藏").write_text("x")
    (folder / "$RECYCLE.BIN").mkdir()
    package(folder / "$RECYCLE.BIN" / "删掉的.xlsx")
    other = openpyxl.Workbook()
    other.save(folder / "花名册.xlsx")
    with zipfile.ZipFile(folder / "各村.zip", "w") as bundle:
        bundle.write(folder / "好的.xlsx", "好的.xlsx")
    region = collect(folder, CLOCK)
    assert [it.file for it in region.branches] == ["好的.xlsx"]
    assert sorted(file for _, file in told(region)) == sorted(
        ["通知.docx", "照片.jpg", "空的.xlsx", "名册.csv", "花名册.xlsx", "各村.zip", "book.db"]
    )
    assert {what for what, _ in told(region)} == {UNREADABLE}
    why = {it.file: it.why for it in region.remarks}
    assert "解压" in why["各村.zip"] and "做一份备份" in why["book.db"] and "没有「上报数据」" in why["花名册.xlsx"]
    assert all(sentence.endswith("。") for sentence in why.values())


def test_of_a_package_of_single_files_the_one_with_the_figures_is_read(folder):
    package(folder / "柳湾村 2026年10月" / "013 上报数据.xlsx")
    for name in ("000 目录.xlsx", "001 签到表.xlsx", "名册.xlsx"):
        openpyxl.Workbook().save(folder / "柳湾村 2026年10月" / name)
    openpyxl.Workbook().save(folder / "001 签到表.xlsx")
    region = collect(folder, CLOCK)
    assert [it.file for it in region.branches] == ["柳湾村 2026年10月/013 上报数据.xlsx"]
    assert [file for _, file in told(region)] == ["001 签到表.xlsx", "柳湾村 2026年10月/名册.xlsx"]


def bomb(path):
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/media/image1.png", bytes(30 * 2**20))


def macros(path):
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("xl/vbaProject.bin", "x")


def doctype(path):
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("xl/extra.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')


def far_cell(path):
    workbook = openpyxl.load_workbook(path)
    workbook["上报数据"]["XFD1048576"] = 1
    workbook.save(path)


def cut_short(path):
    path.write_bytes(path.read_bytes()[:-200])


def formula(path):
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["上报数据"]
    for row in sheet.iter_rows(min_row=4):
        if row[2].value == "came":
            row[1].value, row[1].data_type = "=1/0", "f"
    workbook.save(path)


def error_value(path):
    workbook = openpyxl.load_workbook(path)
    for row in workbook["上报数据"].iter_rows(min_row=4):
        if row[2].value == "due_yuan":
            row[1].value = "#REF!"
    workbook.save(path)


def locked(path):
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000))


@pytest.mark.parametrize("spoil", [bomb, macros, doctype, far_cell, cut_short, formula, error_value, locked])
def test_a_hostile_workbook_is_named_and_the_others_count(folder, spoil):
    package(folder / "好的.xlsx", branch(1))
    spoil(package(folder / "坏的.xlsx", branch(2)))
    region = collect(folder, CLOCK)
    assert [it.file for it in region.branches] == ["好的.xlsx"]
    assert told(region) == [(UNREADABLE, "坏的.xlsx")]
    only_why(region)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"version": 2}, "更新版本"),
        ({"came": "=1+1"}, "「实到（人次）」"),
        ({"came": 10**20}, "「实到（人次）」"),
        ({"collected_yuan": 1e300}, "「党费收到（元）」"),
        ({"branch": ""}, "「党支部」"),
        ({"book_key": "../../etc/passwd"}, "「账本编号」"),
        ({"first": "[b]2026[/b]"}, "「起月」"),
    ],
)
def test_a_package_with_strange_values_says_which(folder, values, words):
    strange_package(folder / "a.xlsx", **values)
    package(folder / "b.xlsx")
    region = collect(folder, CLOCK)
    assert len(region.branches) == 1 and words in only_why(region)


@pytest.mark.skipif(sys.platform == "win32", reason="names and files that Windows does not have")
def test_pipes_links_and_names_of_strange_bytes_do_no_harm(folder):
    package(folder / "好的.xlsx")
    os.mkfifo(folder / "管道.xlsx")
    os.symlink(folder, folder / "绕回来")
    os.symlink(folder / "没有", folder / "断了.xlsx")
    os.symlink(folder / "自己.xlsx", folder / "自己.xlsx")
    (folder / "文件夹.xlsx").mkdir()
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(os.path.relpath(folder / "口"))
    shutil.copy(folder / "好的.xlsx", os.fsencode(folder) + b"/\xff\x1b[31m\n=1+1.xlsx")
    region = collect(folder, CLOCK)
    listening.close()
    assert len(region.branches) == 1
    names = {it.file for it in region.remarks} | {it.file for it in region.branches}
    assert names == {"好的.xlsx", "[31m =1+1.xlsx", "管道.xlsx", "断了.xlsx", "自己.xlsx", "口"}


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: None, "没有找到"),
        (lambda path: path.touch(), "不是文件夹"),
        (lambda path: path.mkdir(), "里没有资料包，也没有备份"),
        (lambda path: (path / "空").mkdir(parents=True), "里没有资料包，也没有备份"),
    ],
    ids=["missing", "a file", "empty", "empty folders"],
)
def test_a_folder_with_nothing_in_it_is_one_sentence(tmp_path, make, words):
    make(tmp_path / "夹")
    with pytest.raises(UserMistake, match=words):
        collect(tmp_path / "夹", CLOCK)


def test_where_nothing_can_be_read_every_file_is_named(folder):
    (folder / "a.txt").write_text("x")
    (folder / "b.xlsx").write_text("x")
    region = collect(folder, CLOCK)
    assert (region.branches, told(region)) == ((), [(UNREADABLE, "a.txt"), (UNREADABLE, "b.xlsx")])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The bytes of an encrypted backup and of a later plain one, both of one book."""
    place = tmp_path_factory.mktemp("made")
    book = dues_branch(place / "book.db")
    made = [backup.back_up(book, place, passphrase).path.read_bytes() for passphrase in (PASSPHRASE, "")]
    book.close()
    return made


@pytest.fixture
def kept(tmp_path, folder):
    """A branch with dues, and a function that backs it up into the folder under any name."""
    book = dues_branch(tmp_path / "kept.db")
    record_payment(book, 1)

    def back_up(name):
        return backup.back_up(book, folder).path.rename(folder / name)

    yield book, back_up
    book.close()


def test_a_backup_says_what_its_book_said_on_its_day(folder, kept):
    book, back_up = kept
    path = back_up("随便什么名字.zip")
    record_payment(book, 2)
    region = collect(folder, CLOCK, (NOVEMBER, NOVEMBER))
    (it,) = region.branches
    opened = open_backup(path, Clock(date(2026, 11, 6)))
    assert it.figures == branch_figures(opened.copy, NOVEMBER, NOVEMBER)
    opened.copy.close()
    assert (it.figures.made_on, it.figures.collected_fen) == (date(2026, 11, 6), 550)
    assert branch_figures(book, NOVEMBER, NOVEMBER).collected_fen == 1100
    assert sorted(os.listdir(folder)) == ["随便什么名字.zip"]


def test_backups_alone_want_to_be_told_the_span_and_one_of_before_it_does_not_count(folder, made):
    (folder / "a.zip").write_bytes(made[1])
    with pytest.raises(UserMistake, match="--month"):
        collect(folder, CLOCK)
    december = Month(2026, 12)
    assert told(collect(folder, CLOCK, (december, december))) == [(OTHER_SPAN, "a.zip")]


@pytest.mark.parametrize(
    ("passphrases", "counts"),
    [((), False), ((OTHER,), False), ((PASSPHRASE,), True), ((OTHER, "口令", PASSPHRASE), True)],
)
def test_an_encrypted_backup_opens_with_one_of_the_passphrases(folder, made, passphrases, counts):
    (folder / "密.zip").write_bytes(made[0])
    (folder / "明.zip").write_bytes(made[1])
    region = collect(folder, CLOCK, YEAR, passphrases=passphrases)
    assert len(region.branches) == 1
    assert [it.file for it in region.branches] == ["明.zip"]  # made later
    (remark,) = region.remarks
    assert (remark.what, remark.file) == (DUPLICATE if counts else UNREADABLE, "密.zip")
    assert counts or "--passphrase-file" in remark.why


def test_a_backup_and_a_package_of_one_book_are_one_branch(folder, kept):
    book, back_up = kept
    package(folder / "资料包.xlsx", branch_figures(book, NOVEMBER, NOVEMBER))
    record_payment(book, 3)
    back_up("备份.zip")
    region = collect(folder, CLOCK)
    assert [it.file for it in region.branches] == ["备份.zip"]
    assert told(region) == [(DUPLICATE, "资料包.xlsx")]


def flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def cut(path):
    path.write_bytes(path.read_bytes()[:-100])


def forge(*statements):
    """Change the book inside and make the hashes fit, not the header's counts."""

    def spoil(path):
        from partyday_tui.store.copies import copy_from

        found = place.read_file(path)
        copy = copy_from(archive.unpack(found), CLOCK)
        for sql in statements:
            copy._connection.execute(sql)
        raw = copy.raw()
        header = backup._header(backup.backups.contents(copy), raw, encrypted=False)
        copy.close()
        path.write_bytes(archive.pack(header, raw))

    return spoil


def promise_much(path):
    """A small file whose header says, and whose inside is, a book of 257 MB."""
    raw = bytes(257 * 2**20)
    header = replace(place.read_file(path).header, raw_size=len(raw), raw_sha256=hashlib.sha256(raw).hexdigest())
    path.write_bytes(archive.pack(header, raw))


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (promise_much, "太大"),
        (flip, "已损坏"),
        (cut, "已损坏"),
        (forge("CREATE VIEW v AS SELECT 1"), "可能被改动过"),
        (forge("PRAGMA user_version = 999"), "更新版本"),
        (forge("DROP TRIGGER dues_entry_is_never_changed", "UPDATE dues_entry SET amount_fen = 1"), "可能被改动过"),
        (forge("UPDATE branch SET book_key = 'x' WHERE 0", "PRAGMA application_id = 1"), "请"),
        (forge(STRANGE_RULE), "读不懂"),
        (lambda path: path.write_bytes(b""), "不是"),
    ],
    ids=["a bomb", "flipped", "cut", "a view", "newer", "ledger", "another program's", "a strange rule", "empty"],
)
def test_a_spoilt_backup_is_named_and_the_others_count(folder, made, spoil, words):
    (folder / "坏.zip").write_bytes(made[1])
    spoil(folder / "坏.zip")
    package(folder / "好.xlsx", branch(1, first=NOVEMBER, last=NOVEMBER))
    region = collect(folder, CLOCK)
    assert [it.file for it in region.branches] == ["好.xlsx"]
    assert told(region) == [(UNREADABLE, "坏.zip")]
    assert words in only_why(region)


def test_the_name_of_a_branch_that_was_renamed_is_the_newer_one(folder, kept):
    book, back_up = kept
    back_up("1.zip")
    change_branch(book, name="新柳湾党支部", superior="", secretary="罗有秀")
    back_up("2.zip")
    region = collect(folder, CLOCK, YEAR)
    assert [it.figures.branch for it in region.branches] == ["新柳湾党支部"]
    assert "（那里叫新柳湾党支部）" in only_why(region)
