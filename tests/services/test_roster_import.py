"""A roster file from every source into the book: laid open, agreed to, written in one act or not at all."""

import sqlite3
from pathlib import Path

import pytest
from openpyxl import Workbook

from partyday_tui.errors import PartydayError, UserMistake
from partyday_tui.rules.people import MEMBER_LIMITS
from partyday_tui.services import roster
from partyday_tui.services.roster_import import commit, first_rows, preview
from partyday_tui.store import members as store

SAMPLES = Path(__file__).parents[1] / "samples"
VILLAGE = SAMPLES / "党员花名册-柳湾村.xlsx"
FIRST, SECOND = "999999196003087531", "999999200310160734"


def sheet(path, *rows, **more_sheets):
    """An xlsx file of these rows; further sheets by name."""
    workbook = Workbook()
    for name, lines in {"名册": rows, **more_sheets}.items():
        page = workbook.create_sheet(name)
        for line in lines:
            page.append(line)
    del workbook["Sheet"]
    workbook.save(path)
    return path


def bring_in(book, path, **options):
    found = preview(book, path, **options)
    commit(book, found)
    return found


def named(found):
    return [(it.row, it.field) for it in found.problems]


def everything(book):
    return [
        tuple(row)
        for table in ("member", "party_group", "movement", "act")
        for row in book.rows(f"SELECT * FROM {table}")
    ]


def test_the_village_roster(book):
    found = preview(book, VILLAGE)
    assert found.figures == {"added": 44, "changed": 0, "unchanged": 0, "refused": 0}
    assert (found.problems, found.unknown, found.sheets) == ((), (), ("花名册",))
    assert store.members(book) == [], "a preview writes nothing"
    commit(book, found)
    members = store.members(book)
    assert len(members) == 44
    assert sorted(it.identity for it in members if it.name == "王建国") == [FIRST, SECOND]
    assert store.groups(book) == ["第一党小组", "第二党小组", "第三党小组"]
    by_name = {it.name: it for it in members}
    first = by_name["罗有秀"]
    assert (first.reading, first.born_on, first.joined_on, first.confirmed_on) == (
        "luo you xiu", "1947-09-04", "1978-10", "1979-10")  # fmt: skip
    assert (first.post, first.group, first.dues_category, first.phone) == (
        "书记",
        "第一党小组",
        "retired",
        "19613186091",
    )
    assert [by_name[name].reading for name in ("仇伟", "单国强", "区小明", "解永志", "查明香", "曾红")] == [
        "qiu wei", "shan guo qiang", "ou xiao ming", "xie yong zhi", "zha ming xiang", "zeng hong"]  # fmt: skip
    assert by_name["区德杰"].hardship and by_name["黄秀杰"].infirm and by_name["单国强"].destination == "湖北省武汉市"
    assert [it.name for it in members if it.kind == "probationary"] == ["区小明", "曾红"]


def test_a_second_import_of_the_same_file_changes_nothing(book):
    bring_in(book, VILLAGE)
    before = everything(book)
    again = bring_in(book, VILLAGE)
    assert again.figures == {"added": 0, "changed": 0, "unchanged": 44, "refused": 0}
    assert everything(book) == before, "not even an act is written"


@pytest.mark.parametrize(("name", "added"), [("支部党员名单.xls", 23), ("党员导出.csv", 18), (VILLAGE.name, 44)])
def test_every_sample(book, name, added):
    assert bring_in(book, SAMPLES / name).figures == {"added": added, "changed": 0, "unchanged": 0, "refused": 0}
    assert bring_in(book, SAMPLES / name).figures["unchanged"] == added
    assert all(it.identity and it.joined_on and it.reading for it in store.members(book))


HTML = """<html><head><meta charset="utf-8"></head><body><table>
<tr><td colspan="3">党员信息</td></tr><tr><th>姓名</th><th>身份证号</th><th>入党时间</th></tr>
<tr><td>王建国</td><td style="mso-number-format:'\\@'">999999196003087531</td><td>1987年1月</td></tr></table></body></html>"""
XML = """<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="党员"><Table><Row><Cell><Data ss:Type="String">姓名</Data></Cell><Cell><Data ss:Type="String">身份证号</Data></Cell>
<Cell><Data ss:Type="String">入党时间</Data></Cell></Row><Row><Cell><Data ss:Type="String">王建国</Data></Cell>
<Cell><Data ss:Type="String">999999196003087531</Data></Cell><Cell><Data ss:Type="String">1987年1月</Data></Cell></Row></Table></Worksheet></Workbook>"""
CSV = "姓名,身份证号,入党时间\r\n王建国,\t999999196003087531,1987年1月\r\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("导出.xls", HTML.encode()),
        ("导出.xls", HTML.replace("utf-8", "gbk").encode("gb18030")),
        ("导出.xls", HTML.replace("999999196003087531", '="999999196003087531"').encode()),
        ("导出.xls", XML.encode()),
        ("导出.csv", CSV.encode("utf-8")),
        ("导出.csv", CSV.encode("utf-8-sig")),
        ("导出.csv", CSV.encode("gb18030")),
    ],
)
def test_every_shape_that_official_systems_export(book, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert bring_in(book, tmp_path / name).figures["added"] == 1
    (member,) = store.members(book)
    assert (member.name, member.identity, member.joined_on) == ("王建国", FIRST, "1987-01")


def test_title_rows_blank_lines_totals_and_mixed_dates(book, tmp_path):
    path = sheet(
        tmp_path / "名册.xlsx",
        ["柳湾村党员花名册"], [], ["序号", "姓名", "入党时间"], [1, "甲", "1972年7月"], [], [2, "乙", "197207"],
        [3, "丙", "1972.7.1"], [4, "丁", 197207], [5, "戊", 26481], ["合计", "5人"],
    )  # fmt: skip
    assert bring_in(book, path).problems == ()
    joined = {it.name: it.joined_on for it in store.members(book)}
    assert joined == {"甲": "1972-07", "乙": "1972-07", "丙": "1972-07-01", "丁": "1972-07", "戊": "1972-07-01"}


def test_problems_carry_the_rows_that_the_sheet_shows(book, tmp_path):
    path = sheet(
        tmp_path / "名册.xlsx",
        ["标题"], [], ["姓名", "身份证号", "性别", "入党日期", "人员类别"],
        ["甲", "999999196003087530", "男", "1990-02-30", "正式党员"], [],
        ["乙", 999999196003087531, "M", "1990", "正式党员"],
        ["", FIRST, "男", "1990", "正式党员"], ["丙", "", "女", "1991", "入党积极分子"],
    )  # fmt: skip
    found = bring_in(book, path)
    assert found.figures == {"added": 2, "changed": 0, "unchanged": 0, "refused": 2}
    fields = {row: {it.field: it.message for it in found.problems if it.row == row} for row in range(4, 9)}
    assert [set(fields[row]) for row in range(4, 9)] == [
        {"joined_on", "identity"}, set(), {"identity", "sex"}, {"name"}, {"kind"}]  # fmt: skip
    assert "校验位" in fields[4]["identity"] and "存成了数字" in fields[6]["identity"]
    kept = {(it.name, it.identity, it.joined_on) for it in store.members(book)}
    assert kept == {("甲", "", ""), ("乙", "", "1990")}


def test_a_file_without_kinds_leaves_known_kinds_alone(book, tmp_path):
    kinds = sheet(tmp_path / "类别.xlsx", ["姓名", "人员类别"], ["甲", "正式党员"], ["乙", "预备党员"])
    dates = sheet(tmp_path / "日期.xlsx", ["姓名", "入党日期"], ["甲", "2026-05-01"], ["乙", "1990-05-01"])
    bring_in(book, kinds)
    assert bring_in(book, dates).figures["changed"] == 2
    assert {it.name: (it.kind, it.joined_on) for it in store.members(book)} == {
        "甲": ("full", "2026-05-01"), "乙": ("probationary", "1990-05-01")}  # fmt: skip


def test_what_a_second_file_knows_better_is_changed_and_nothing_is_erased(book, tmp_path):
    bring_in(book, sheet(tmp_path / "a.xlsx", ["姓名", "身份证号", "入党日期", "手机", "是否流动党员"],
                         ["甲", FIRST, "1987-01", "13812341234", "是"]))  # fmt: skip
    found = bring_in(book, sheet(tmp_path / "b.xlsx", ["姓名", "身份证号", "入党日期", "手机", "是否流动党员", "党小组"],
                                 ["甲乙", FIRST, "1987-01-16", "", "否", "一组"]))  # fmt: skip
    assert [it.fields for it in found.changed] == [
        {
            "name": ("甲", "甲乙"),
            "joined_on": ("1987-01", "1987-01-16"),
            "floating": (True, False),
            "group": ("", "一组"),
        }
    ]
    assert named(found) == [(2, "name")], "another name under a known number is pointed out"
    (member,) = store.members(book)
    assert (member.name, member.reading, member.phone, member.group) == ("甲乙", "jia yi", "13812341234", "一组")
    assert bring_in(book, sheet(tmp_path / "c.xlsx", ["姓名", "入党日期"], ["甲乙", "1987"])).figures["unchanged"] == 1


def test_a_reading_corrected_by_hand_outlives_an_import(book, tmp_path):
    bring_in(book, sheet(tmp_path / "a.xlsx", ["姓名", "身份证号"], ["乐明", FIRST]))
    (member,) = store.members(book)
    with book.act("改", with_session=True) as act:
        store.update_member(act, member.id, {"reading": "le ming", "reading_by_hand": 1})
    bring_in(book, sheet(tmp_path / "b.xlsx", ["姓名", "身份证号", "性别"], ["乐明明", FIRST, "男"]))
    assert store.members(book)[0].reading == "le ming"


def test_an_import_is_one_act_with_its_source(book):
    bring_in(book, VILLAGE)
    (act,) = book.rows("SELECT id, what, source FROM act WHERE what LIKE '导入%'")
    assert act["what"] == "导入党员名册"
    assert act["source"].startswith("党员花名册-柳湾村.xlsx sha256 ") and len(act["source"].split()[-1]) == 64
    kept = book.rows("SELECT DISTINCT act_id, op FROM change WHERE kept_in = 'member'")
    assert [tuple(row) for row in kept] == [(act["id"], "insert")]


def test_suspended_members_are_entered_with_an_exit(book, tmp_path):
    path = sheet(tmp_path / "a.xlsx", ["姓名", "党籍状态"], ["甲", "正常"], ["乙", "停止党籍"])
    assert named(bring_in(book, path)) == [(3, "membership_state")]
    assert [it.name for it in store.members_on(book, book.clock.today)] == ["甲"]
    assert [(it.kind, it.on_date) for it in store.movements(book)] == [("suspended", "2026-11-06")]
    assert named(bring_in(book, path)) == [], "the second import has nothing to say about it"
    suspended = sheet(tmp_path / "b.xlsx", ["姓名", "党籍状态"], ["甲", "停止党籍"])
    found = bring_in(book, suspended)
    assert named(found) == [(2, "membership_state")] and "日期" in found.problems[0].message
    assert len(store.movements(book)) == 1, "the day is for the secretary to say"


def test_who_left_does_not_come_back_by_a_file(book, tmp_path):
    path = sheet(tmp_path / "a.xlsx", ["姓名", "性别"], ["甲", "男"])
    bring_in(book, path)
    roster.add_movement(book, store.members(book)[0].id, "transfer_out", book.clock.today, "", "")
    found = bring_in(book, path)
    assert (found.figures["unchanged"], named(found)) == (1, [(2, "membership_state")])
    assert "2026-11-06 转出" in found.problems[0].message
    assert store.members_on(book, book.clock.today) == []


def test_columns_are_mapped_by_hand(book, tmp_path):
    path = sheet(tmp_path / "a.xlsx", ["姓名", "血型", "组"], ["甲", "A", "一组"])
    assert preview(book, path).unknown == ("血型", "组")
    found = bring_in(book, path, mapping={"group": 2, "note": 1})
    assert (found.unknown, found.columns) == ((), {"name": 0, "group": 2, "note": 1})
    assert [(it.group, it.note) for it in store.members(book)] == [("一组", "A")]
    with pytest.raises(UserMistake, match="姓名"):
        preview(book, path, mapping={"name": None})


def test_heads_that_nothing_recognises_are_shown_and_mapped_by_hand(book, tmp_path):
    path = sheet(tmp_path / "a.xlsx", ["花名册"], [], ["同志", "哪个组"], ["甲", "一组"])
    with pytest.raises(UserMistake, match="表头"):
        preview(book, path)
    assert first_rows(book, path, None) == ("名册", [(1, ("花名册", "")), (3, ("同志", "哪个组")), (4, ("甲", "一组"))])
    found = bring_in(book, path, head_row=3, mapping={"name": 0, "group": 1})
    assert found.heads == ("同志", "哪个组")
    assert [(it.name, it.group) for it in store.members(book)] == [("甲", "一组")]


def test_the_sheet_with_the_roster_is_found_and_can_be_chosen(book, tmp_path):
    path = sheet(
        tmp_path / "a.xlsx", ["说明"], 一组=[["姓名", "性别"], ["甲", "男"]], 二组=[["姓名", "性别"], ["乙", "女"]]
    )
    found = preview(book, path)
    assert (found.sheet, found.sheets) == ("一组", ("名册", "一组", "二组"))
    assert [it.entry.name for it in preview(book, path, sheet="二组").added] == ["乙"]
    with pytest.raises(UserMistake, match="一组、二组"):
        preview(book, path, sheet="三组")
    with pytest.raises(UserMistake, match="表头"):
        preview(book, path, sheet="名册")


def test_a_page_that_only_explains_or_sums_is_not_taken_for_the_roster(book, tmp_path):
    path = sheet(
        tmp_path / "a.xlsx",
        ["字段", "说明"], ["姓名", "必填"], ["性别", "填男或女"],
        汇总=[["支部", "党员", "正式"], ["柳湾", 44, 42]],
        花名册=[["序号", "姓名", "性别", "入党时间", "党小组"], [1, "甲", "男", "1990.7.1", "一组"]],
    )  # fmt: skip
    found = preview(book, path)
    assert (found.sheet, [it.entry.name for it in found.added], found.problems) == ("花名册", ["甲"], ())


HTML_MERGED = (
    "<table><tr><th>党小组</th><th>姓名</th><th>入党时间</th></tr>"
    "<tr><td rowspan=2>一组</td><td>甲</td><td>1990.7</td></tr><tr><td>乙</td><td>1991.7</td></tr>"
    "<tr><td>二组</td><td>丙</td><td>1992.7</td></tr></table>"
)
XML_MERGED = (
    XML[: XML.index("<Row>")]
    + "".join(
        f"<Row>{cells}</Row>"
        for cells in (
            '<Cell><Data ss:Type="String">党小组</Data></Cell><Cell><Data ss:Type="String">姓名</Data></Cell>'
            '<Cell><Data ss:Type="String">性别</Data></Cell>',
            '<Cell ss:MergeDown="1"><Data ss:Type="String">一组</Data></Cell><Cell><Data ss:Type="String">甲</Data></Cell>',
            '<Cell ss:Index="2"><Data ss:Type="String">乙</Data></Cell>',
            '<Cell><Data ss:Type="String">二组</Data></Cell><Cell><Data ss:Type="String">丙</Data></Cell>',
        )
    )
    + "</Table></Worksheet></Workbook>"
)


@pytest.mark.parametrize("content", [HTML_MERGED, XML_MERGED, None])
def test_a_group_merged_over_several_rows_holds_for_each(book, tmp_path, content):
    path = tmp_path / ("a.xls" if content else "a.xlsx")
    if content:
        path.write_text(content, "utf-8")
    else:
        workbook = Workbook()
        for line in (["党小组", "姓名", "性别"], ["一组", "甲"], [None, "乙"], ["二组", "丙"]):
            workbook.active.append(line)
        workbook.active.merge_cells("A2:A3")
        workbook.active.merge_cells("B2:B2")
        workbook.save(path)
    bring_in(book, path)
    assert {it.name: it.group for it in store.members(book)} == {"甲": "一组", "乙": "一组", "丙": "二组"}


def test_a_form_of_one_person_is_not_taken_for_a_roster(book, tmp_path):
    path = sheet(tmp_path / "a.xlsx", ["姓名", "甲", "性别", "男"], ["民族", "汉", "出生年月", "1960.1"])
    assert preview(book, path).figures == {"added": 0, "changed": 0, "unchanged": 0, "refused": 1}


def test_a_head_without_people_is_named(book, tmp_path):
    assert named(preview(book, sheet(tmp_path / "a.xlsx", ["姓名", "性别"]))) == [(0, "name")]


def test_a_file_of_several_branches_is_named(book, tmp_path):
    heads, first, second = ["姓名", "所在党支部"], ["甲", "柳湾村 党支部"], ["乙", "柳湾村党支部"]
    assert preview(book, sheet(tmp_path / "a.xlsx", heads, first, second)).problems == ()
    found = preview(book, sheet(tmp_path / "b.xlsx", heads, first, second, ["丙", "东湾村党支部"], ["丁", ""]))
    assert named(found) == [(0, "branch")]
    assert "柳湾村党支部2行、东湾村党支部1行" in found.problems[0].message


def test_people_in_the_file_who_are_not_read_are_named(book, tmp_path):
    lines = [["姓名", "性别"], ["甲", "男"]]
    path = sheet(tmp_path / "a.xlsx", ["说明"], 第一党小组=lines, 第二党小组=[*lines, ["乙", "女"]])
    found = preview(book, path)
    assert [(it.row, it.field) for it in found.problems] == [(0, "sheet")]
    assert "「第二党小组」里还有2行" in found.problems[0].message
    assert found.added[0].entry.group == "第一党小组"
    assert preview(book, path, sheet="第二党小组").problems == ()
    beside = sheet(tmp_path / "b.xlsx", ["姓名", "性别", None, "姓名", "性别"], ["甲", "男", None, "丙", "女"])
    assert named(preview(book, beside)) == [(1, "name")]


def test_texts_beyond_what_the_book_takes_are_named_not_cut(book, tmp_path):
    heads = {
        "民族": "ethnicity",
        "党小组": "group",
        "工作岗位": "job",
        "住址": "address",
        "备注": "note",
        "身份": "dues_category",
    }
    path = sheet(tmp_path / "a.xlsx", ["姓名", *heads], ["甲", *("字" * (MEMBER_LIMITS[it] + 1) for it in heads.values())],
                 ["乙" * 40, *("字" * MEMBER_LIMITS[it] for it in heads.values())])  # fmt: skip
    found = bring_in(book, path)
    assert sorted(field for row, field in named(found) if row == 2) == sorted(heads.values())
    assert [field for row, field in named(found) if row == 3] == ["dues_category"], "only the category is not known"
    members = {len(it.name): it for it in store.members(book)}
    assert members[1].group == "" and len(members[40].note) == MEMBER_LIMITS["note"]
    assert len(members[40].reading) <= MEMBER_LIMITS["reading"]


def test_hostile_text_is_kept_as_it_is_and_cleaned_of_what_is_not_text(book, tmp_path):
    names = ["张[/foo]三", "=1+1", "[@click=app.quit]x", "王\u202e五"]
    (tmp_path / "a.csv").write_text(
        "姓名,备注\n" + "\n".join(f"{name},'; DROP TABLE member" for name in names), "utf-8"
    )
    found = bring_in(book, tmp_path / "a.csv")
    assert {it.name for it in store.members(book)} == {"张[/foo]三", "=1+1", "[@click=app.quit]x", "王五"}
    assert named(found) == [(5, "name")]


def test_a_commit_that_fails_leaves_nothing(book, tmp_path):
    bring_in(book, sheet(tmp_path / "a.xlsx", ["姓名", "身份证号"], ["甲", FIRST]))
    found = preview(
        book, sheet(tmp_path / "b.xlsx", ["姓名", "身份证号", "党小组"], ["乙", "", "新组"], ["丙", SECOND, "新组"])
    )
    with book.act("别处先写了", with_session=True) as act:
        store.insert_members(act, [{"name": "丁", "kind": "full", "identity": SECOND}])
    before = everything(book)
    with pytest.raises(PartydayError, match="没有改动"):
        commit(book, found)
    assert everything(book) == before
    with sqlite3.connect(book.path) as other:
        assert other.execute("SELECT count(*) FROM member").fetchone() == (2,)


def test_limits_are_those_of_the_tables(book):
    from partyday_tui.rules.people import GUEST_LIMITS
    from partyday_tui.store import tables

    def limit(model, field):
        return next(it.max_length for it in model.model_fields[field].metadata if hasattr(it, "max_length"))

    for model, limits in ((tables.MemberInput, MEMBER_LIMITS), (tables.GuestInput, GUEST_LIMITS)):
        for field, most in limits.items():
            assert field == "group" or limit(model, field) == most
    with pytest.raises(PartydayError), book.act("x") as act:
        store.group_id(act, "字" * (MEMBER_LIMITS["group"] + 1))
