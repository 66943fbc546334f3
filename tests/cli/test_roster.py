"""`partyday members` and `partyday import roster`: exact figures, exact keys, one sentence for whatever is no roster."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from partyday_tui.__main__ import main

SAMPLES = Path(__file__).parents[1] / "samples"
VILLAGE = SAMPLES / "党员花名册-柳湾村.xlsx"


def run(book_path, *arguments):
    return main(["--book", str(book_path), "--today", "2026-11-06", *map(str, arguments)])


@pytest.fixture
def cli(book, book_path, capsys):
    """(exit code, JSON or text, stderr) of one command on a book that is there."""
    book.close()

    def call(*arguments):
        code = run(book_path, *arguments)
        told = capsys.readouterr()
        return code, json.loads(told.out) if "--json" in arguments and told.out else told.out, told.err

    return call


def test_import_answers_exactly_the_figures(cli):
    nothing = {"changed": 0, "refused": 0, "problems": []}
    assert cli("import", "roster", VILLAGE, "--dry-run", "--json") == (0, {"added": 44, "unchanged": 0, **nothing}, "")
    assert cli("members", "--json")[1] == [], "a dry run writes nothing"
    assert cli("import", "roster", VILLAGE, "--json") == (0, {"added": 44, "unchanged": 0, **nothing}, "")
    assert cli("import", "roster", VILLAGE, "--json") == (0, {"added": 0, "unchanged": 44, **nothing}, "")


def test_members_are_listed_for_scripts(cli):
    cli("import", "roster", VILLAGE)
    code, members, _ = cli("members", "--json")
    assert (code, len(members)) == (0, 44)
    first = next(it for it in members if it["name"] == "罗有秀")
    assert {key: first[key] for key in ("group", "kind", "joined_on", "born_on", "post", "sex", "reading", "tags")} == {
        "group": "第一党小组", "kind": "full", "joined_on": "1978-10", "born_on": "1947-09-04", "post": "书记", "sex": "男",
        "reading": "luo you xiu", "tags": []}  # fmt: skip
    assert sum(it["name"] == "王建国" for it in members) == 2
    assert sorted(it["name"] for it in members if it["kind"] == "probationary") == ["区小明", "曾红"]
    text = json.dumps(members, ensure_ascii=False)
    assert "999999194709046433" not in text and "19613186091" not in text, "numbers are masked"
    sixteen = {"name", "sex", "ethnicity", "identity", "born_on", "education", "kind", "joined_on", "confirmed_on", "job", "phone",
               "landline", "address", "lost_contact", "lost_since", "floating", "destination", "note"}  # fmt: skip
    assert sixteen <= set(first)


def test_members_of_a_past_day_and_in_plain_text(cli):
    cli("import", "roster", VILLAGE)
    before = cli("members", "--json", "--on", "1978-10-01")[1]
    assert 0 < len(before) < 44 and all(it["joined_on"] <= "1978-10-01" for it in before)
    assert len(cli("members", "--json", "--on", "1978-10-01", "--all")[1]) == 44
    assert cli("members")[1].rstrip().endswith("共44人")


def test_problems_name_row_field_and_sentence(cli, tmp_path):
    workbook = Workbook()
    for line in (["名册"], ["姓名", "身份证号"], ["甲", "999999196003087530"], ["乙", 999999196003087531], ["", "x"]):
        workbook.worksheets[0].append(line)
    workbook.save(tmp_path / "a.xlsx")
    code, told, _ = cli("import", "roster", tmp_path / "a.xlsx", "--json")
    assert (code, list(told)) == (0, ["added", "changed", "unchanged", "refused", "problems"])
    assert (told["added"], told["refused"]) == (2, 1)
    assert [set(it) for it in told["problems"]] == [{"row", "field", "message"}] * 3
    assert [(it["row"], it["field"]) for it in told["problems"]] == [(3, "identity"), (4, "identity"), (5, "name")]
    assert "存成了数字" in told["problems"][1]["message"]
    assert {it["name"]: it["identity"] for it in cli("members", "--json")[1]} == {"甲": "", "乙": ""}
    code, text, _ = cli("import", "roster", tmp_path / "a.xlsx", "--dry-run")
    assert code == 0 and "第4行：" in text and "没有写入" in text


def _zip_bomb():
    with BytesIO() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", "<workbook/>")
            archive.writestr("xl/worksheets/sheet1.xml", b"<a>" + b" " * (60 * 2**20))
        return file.getvalue()


PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 20


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("bomb.xlsx", _zip_bomb(), "文件太大"),
        ("none.xlsx", None, "找不到文件"),
        ("empty.xlsx", b"", "文件是空的"),
        ("noise.xlsx", bytes((n * 7919 + n // 3) % 256 for n in range(5000)), "不是表格文件"),
        ("picture.xlsx", PICTURE, "不是表格文件"),
        ("page.pdf", b"%PDF-1.7\n", "不是表格文件"),
        ("half.xlsx", VILLAGE.read_bytes()[:5000], "损坏"),
        ("half.xls", (SAMPLES / "支部党员名单.xls").read_bytes()[:3000], "不是表格文件"),
        ("entities.xls", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><Workbook>&x;</Workbook>', "外部定义"),
        ("words.csv", "今天天气很好\n".encode(), "表头"),
        ("plan.xlsx", (SAMPLES / "2026年度主题党日活动计划表.xlsx").read_bytes(), "表头"),
    ],
)
def test_what_is_no_roster_is_refused_in_one_sentence(cli, tmp_path, name, content, words):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    code, out, told = cli("import", "roster", tmp_path / name, "--json")
    assert (code, out) == (2, "")
    assert words in told and told.count("\n") == 1 and "Traceback" not in told
    assert cli("members", "--json")[1] == []


def test_a_folder_a_missing_sheet_and_no_book_are_told(cli, book_path, tmp_path, capsys):
    code, _, told = cli("import", "roster", tmp_path, "--json")
    assert code == 2 and "文件夹" in told
    code, _, told = cli("import", "roster", VILLAGE, "--sheet", "二月")
    assert code == 2 and "花名册" in told
    assert run(tmp_path / "other.db", "import", "roster", VILLAGE) == 2
    assert "没有找到账本" in capsys.readouterr().err
    assert cli("import", "roster")[0] == 2
