import pytest

from partyday_tui.errors import UserMistake
from partyday_tui.rules.roster_heads import FIELDS, find_roster

NATIONAL = """
姓名 性别 民族 公民身份号码 出生日期 学历 人员类别 所在党支部 加入党组织日期 转为正式党员日期 工作岗位 联系电话(手机)
联系电话（固话） 家庭住址 党籍状态 是否失联党员 失去联系年月 是否流动党员 外出流向（省/市/县）
"""
NATIONAL_FIELDS = """
name sex ethnicity identity born_on education kind branch joined_on confirmed_on job phone landline address
membership_state lost_contact lost_since floating destination
"""


def test_the_sixteen_items_of_the_national_form():
    table = find_roster([NATIONAL.split(), ["张三"]])
    assert table.unknown == ()
    assert list(table.columns) == NATIONAL_FIELDS.split()
    assert set(table.columns) <= set(FIELDS)


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("姓 名", "name"),
        ("姓\n名", "name"),
        ("＊姓名：", "name"),
        ("1.姓名", "name"),
        ("出生\n年月", "born_on"),
        ("身份证号（18位）", "identity"),
        ("居民身份证号", "identity"),
        ("身份证件号码", "identity"),
        ("加入中国共产党时间", "joined_on"),
        ("加入党组织的时间", "joined_on"),
        ("接收预备党员日期", "joined_on"),
        ("转为正式党员的时间", "confirmed_on"),
        ("预备/正式", "kind"),
        ("手机/电话", "phone"),
        ("本人手机号", "phone"),
        ("常住地址", "address"),
        ("现工作单位", "job"),
        ("支部任职", "post"),
        ("所属小组", "group"),
        ("备注说明", "note"),
        ("所在党小组", "group"),
        ("党内职务", "post"),
        ("身份", "dues_category"),
        ("党费类别", "dues_category"),
        ("备注", "note"),
        ("序号", "number"),
    ],
)
def test_heads_are_known_in_their_usual_spellings(head: str, field: str):
    row = [head, "性别"] if field == "name" else ["姓名", head]
    assert field in find_roster([row, ["张三"]]).columns


def test_titles_blank_total_signature_and_repeated_lines_are_passed_over():
    title = ["柳湾村党支部党员花名册", "", ""]
    head = ["序号", "姓名", "性别"]
    grid = [
        title,
        ["填报单位（盖章）：柳湾村", "", ""],
        head,
        [1.0, "张三", "男"],
        ["", "", None],
        [2.0, "李四", "女"],
        title,
        ["序号", "姓 名", "性别"],
        [3.0, "王五", "男"],
        [4.0, "", ""],
        ["合计", "3人", ""],
        ["填表人：      审核人：", "", ""],
    ]
    table = find_roster(grid)
    assert table.head_row == 3
    assert [(number, raw["name"]) for number, raw in table.rows] == [(4, "张三"), (6, "李四"), (9, "王五")]


def test_a_row_with_data_but_no_name_is_left_for_the_row_reader_to_refuse():
    table = find_roster([["姓名", "性别"], ["", "女"]])
    assert [number for number, _ in table.rows] == [2]


def test_a_year_in_a_title_does_not_swallow_numbered_rows():
    table = find_roster([["2026"], ["序号", "姓名", "性别"], [1.0, "张三", "男"]])
    assert len(table.rows) == 1


def test_a_head_of_two_rows_merged_sideways():
    grid = [
        ["序号", "姓名", "联系电话", "", "入党情况", "", "备注"],
        ["", "", "手机", "固定电话", "入党时间", "转正时间", ""],
        [1.0, "张三", "13812341234", "", "1972.7", "1973.7", "年老体弱"],
    ]
    table = find_roster(grid)
    assert table.head_row == 2 and table.unknown == ()
    assert table.columns == {
        "number": 0,
        "name": 1,
        "phone": 2,
        "landline": 3,
        "joined_on": 4,
        "confirmed_on": 5,
        "note": 6,
    }
    assert [number for number, _ in table.rows] == [3]


def test_a_head_of_two_rows_with_the_name_in_the_lower_one():
    grid = [["序号", "基本情况", "", "备注"], ["", "姓名", "性别", ""], [1.0, "张三", "男", "x"]]
    table = find_roster(grid)
    assert table.columns == {"number": 0, "name": 1, "sex": 2, "note": 3}
    assert [number for number, _ in table.rows] == [3]


def test_a_first_member_with_a_blank_name_is_not_a_second_head():
    assert find_roster([["姓名", "性别"], ["", "男"], ["张三", "男"]]).head_row == 1


def test_section_lines_give_the_group_where_no_column_does():
    grid = [
        ["姓名", "性别"],
        ["第一党小组（2人）", ""],
        ["张三", "男"],
        ["二组小组", "男"],
        ["东湾党小组"],
        ["李四", "女"],
    ]
    rows = find_roster(grid).rows
    assert [(raw["name"], raw["group"]) for _, raw in rows] == [
        ("张三", "第一党小组"),
        ("二组小组", "第一党小组"),
        ("李四", "东湾党小组"),
    ]


def test_unknown_heads_are_reported_and_the_hand_wins():
    grid = [["姓名", "性别", "血型", "第二性别"], ["张三", "男", "A", "女"]]
    assert find_roster(grid).unknown == ("血型", "第二性别")
    table = find_roster(grid, {"sex": 3, "note": 2})
    assert table.columns == {"name": 0, "sex": 3, "note": 2}
    assert find_roster(grid, {"sex": None}).columns == {"name": 0}


def test_a_sheet_without_heads_can_be_mapped_by_hand():
    table = find_roster([["张三", "男"], ["李四", "女"]], {"name": 0, "sex": 1})
    assert table.head_row is None
    assert [(number, raw["name"]) for number, raw in table.rows] == [(1, "张三"), (2, "李四")]


@pytest.mark.parametrize("grid", [[], [[]], [["张三", "男"]], [["性别", "民族"], ["男", "汉"]]])
def test_without_a_name_column_it_is_refused_with_the_next_step(grid: list[list[object]]):
    with pytest.raises(UserMistake, match="表头"):
        find_roster(grid)


def test_a_list_of_names_only():
    assert len(find_roster([["党员名单"], ["姓名"], ["张三"], ["李四"]]).rows) == 2


@pytest.mark.parametrize(
    ("head", "beside"),
    [
        (["序号", "姓名", "性别", "序号", "姓名", "性别"], True),
        (["姓名", "性别", "", "姓名", "性别"], True),
        (["姓名", "姓名", "姓名"], True),
        (["序号", "姓名", "性别", "姓名"], False),
        (["姓名", "性别", "联系电话", "手机"], False),
        (["姓名"], False),
    ],
)
def test_heads_that_stand_twice_beside_each_other(head: list[object], beside: bool):
    assert find_roster([head, ["张三"] * len(head)]).beside is beside


def test_a_sheet_named_after_a_party_group_gives_the_group():
    grid = [["姓名", "性别"], ["张三", "男"]]
    assert find_roster(grid, sheet="第二党小组").rows[0][1]["group"] == "第二党小组"
    assert "group" not in find_roster(grid, sheet="Sheet1").rows[0][1]


def test_a_merged_head_stands_over_its_column():
    grid = [
        ["党员花名册"],
        ["序号", "姓名", "联系方式", "", "备注"],
        ["", "", "手机", "固话", ""],
        [1, "张三", "138", "", ""],
    ]
    assert find_roster(grid).heads == ("序号", "姓名", "手机", "固话", "备注")
    assert find_roster([["张三", "男"]], {"name": 0}).heads == ()
