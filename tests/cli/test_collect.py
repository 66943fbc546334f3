"""``partyday collect`` without a book: a workbook and the same as JSON, refusals in Chinese with exit code 2."""

import json

import pytest
from python_calamine import CalamineWorkbook
from tests.dues_branch import dues_branch
from tests.region import FIGURES, OCTOBER, branch, package

from partyday_tui.__main__ import main
from partyday_tui.services.backup import back_up

PASSPHRASE = "couzhan-yuanling-xichuan-suanguang"


@pytest.fixture
def folder(tmp_path):
    found = tmp_path / "各支部"
    package(found / "1.xlsx", FIGURES)
    package(found / "2.xlsx", branch(2))
    package(found / "3.xlsx", branch(3, first=OCTOBER.previous, last=OCTOBER.previous))
    (found / "说明.txt").write_text("[b]请查收[/b]", "utf-8")
    return found


@pytest.fixture
def run(book_path, capsys):
    """Run the command; answers (exit code, all that was printed)."""

    def call(*words):
        code = main(["--book", str(book_path), "--today", "2026-12-03", "collect", *map(str, words)])
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return call


def test_a_workbook_is_written_without_a_book(run, folder, tmp_path, book_path):
    out = tmp_path / "新建" / "十月.xlsx"
    code, text = run(folder, "--out", out)
    assert code == 0 and "2026年10月：计入支部 2 个" in text
    assert "期间不同\t3.xlsx\t" in text and "读不出来\t说明.txt\t" in text
    assert CalamineWorkbook.from_path(out).sheet_names == ["支部汇总", "没有计入的"]
    assert not book_path.exists()


def test_json_says_the_same_in_fen(run, folder, tmp_path):
    code, text = run(folder, "--out", tmp_path / "a", "--month", "2026-10", "--json")
    found = json.loads(text)
    assert (code, found["first"], found["last"]) == (0, "2026-10", "2026-10")
    assert [it["branch"] for it in found["branches"]] == ["第2村党支部", "柳湾村党支部"]
    assert found["branches"][1] == {
        "book_key": FIGURES.book_key, "branch": "柳湾村党支部", "superior": "青山镇党委", "preset": "农村（社区）党支部",
        "made_on": "2026-11-02", "revision": 243, "planned": 1, "held": 1, "called": 1, "expected": 42, "came": 30, "deducted": 11,
        "open_cases": 2, "reviews": 1, "overdue": 12, "due_fen": 113_673, "collected_fen": 113_573, "remitted_fen": 100_000,
        "rate": 30 / 42, "rate_after_deductions": 30 / 31, "file": "1.xlsx",
    }  # fmt: skip
    assert (found["totals"]["due_fen"], found["totals"]["rate"]) == (227_346, 60 / 84)
    assert [(it["what"], it["file"], it["branch"]) for it in found["remarks"]] == [
        ("读不出来", "说明.txt", ""),
        ("期间不同", "3.xlsx", "第3村党支部"),
    ]
    assert found["file"].endswith("a.xlsx")


def test_again_into_the_same_folder_the_workbook_of_before_is_replaced_and_not_collected(run, folder):
    out = folder / "汇总.xlsx"
    first = run(folder, "--out", out)
    assert run(folder, "--out", out) == first
    assert sorted(it.name for it in folder.iterdir()) == ["1.xlsx", "2.xlsx", "3.xlsx", "汇总.xlsx", "说明.txt"]


def test_the_passphrases_stand_in_a_file_one_a_line(run, tmp_path):
    book = dues_branch(tmp_path / "b.db")
    place = tmp_path / "u盘"
    place.mkdir()
    back_up(book, place, PASSPHRASE)
    book.close()
    words = tmp_path / "口令.txt"
    words.write_text(f"别的口令\n\n{PASSPHRASE}\n", "utf-8-sig")
    assert "计入支部 0 个" in run(place, "--out", tmp_path / "a", "--year", "2026")[1]
    code, text = run(place, "--out", tmp_path / "a", "--year", "2026", "--passphrase-file", words)
    assert code == 0 and "计入支部 1 个" in text and PASSPHRASE not in text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("{folder}",), "还缺少"),
        (("{folder}/没有", "--out", "a.xlsx"), "没有找到"),
        (("{folder}/1.xlsx", "--out", "a.xlsx"), "不是文件夹"),
        (("{folder}", "--out", "{folder}"), "是文件夹，请在 --out 后面写上文件名"),
        (("{folder}", "--out", "a.csv"), "改成 a.xlsx"),
        (("{folder}", "--out", "{folder}/1.xlsx/a.xlsx"), "不是文件夹"),
        (("{folder}", "--out", "a", "--month", "10月"), "请写成 2026-11 这样"),
        (("{folder}", "--out", "a", "--year", "26"), "年份 26 写得不对"),
        (("{folder}", "--out", "a", "--year", "9999"), "9999"),
        (("{folder}", "--out", "a", "--year", "2026", "--month", "2026-10"), "不能和"),
        (("{folder}", "--out", "a", "--passphrase-file", "{folder}/没有"), "口令文件读不出来"),
        (("{folder}", "--out", "a", "--passphrase-file", "{folder}/空.txt"), "1 到 1000 个口令"),
    ],
)
def test_a_mistake_is_one_sentence_and_nothing_is_written(run, folder, tmp_path, monkeypatch, words, told):
    monkeypatch.chdir(tmp_path)
    (folder / "空.txt").touch()
    before = sorted(tmp_path.rglob("*"))
    code, text = run(*(word.format(folder=folder) for word in words))
    assert code == 2 and told in text and text.strip().endswith("。")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_of_that_name_that_is_not_ours_is_kept(run, folder, tmp_path):
    (tmp_path / "汇总.xlsx").write_text("别人的", "utf-8")
    code, text = run(folder, "--out", tmp_path / "汇总.xlsx")
    assert code == 0 and "汇总（2）.xlsx" in text
    assert (tmp_path / "汇总.xlsx").read_text("utf-8") == "别人的"
