"""Finds the roster in a sheet: its columns by their usual heads (domain.md §2.c) and its rows of people."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from partyday_tui.errors import UserMistake
from partyday_tui.rules.heads import Row, cell_text, data_rows, field_of, find_heads, vocabulary

# Field → the heads seen for it, without blanks and punctuation; the key of a two-row head is also tried as 上+下.
_HEADS = vocabulary(
    {
        "number": "序号 编号 序 NO No no",
        "name": "姓名 党员姓名 名字 姓名汉字 党员 党员名字 人员姓名 真实姓名 本人姓名",
        "sex": "性别 男女",
        "ethnicity": "民族 族别 民族名称",
        "born_on": "出生日期 出生年月 出生年月日 出生时间 出生 生日 生年月日 生年月 出生年份",
        "education": "学历 文化程度 最高学历 学历情况 文化水平 受教育程度 学历学位 学历层次 全日制学历 学位学历 文化",
        "identity": "公民身份号码 公民身份证号码 公民身份证号 身份证号 身份证号码 身份证 居民身份证号码 证件号码 居民身份证号 身份号码 证件号 身份证件号码 身份证件号 公民身份号 身份证编号",
        "kind": "人员类别 党员类别 党员类型 党员性质 正式预备 政治面貌 类别 人员状态 正式或预备 预备正式 党员身份类别 正式或预备党员 人员类型 党员状态",
        "branch": "所在党支部 所属党支部 党支部 支部 支部名称 所属支部 所在支部 所在党组织 所属党组织 党组织 党组织名称",
        "joined_on": "加入党组织日期 入党日期 入党时间 入党年月 加入党组织时间 入党年月日 加入中国共产党时间 加入中国共产党日期 入党 加入党组织的时间 加入党组织的日期 加入党组织年月 何时入党 参加党组织时间 "
        "接收预备党员日期 接收为预备党员日期 接收预备党员时间 成为预备党员日期 成为预备党员时间 预备党员时间",
        "confirmed_on": "转为正式党员日期 转正日期 转正时间 转正年月 转为正式党员时间 转正年月日 转正 转为正式党员的时间 转为正式党员的日期 转为正式党员年月 预备党员转正时间 预备党员转正日期 预备期满转正时间 "
        "党员转正日期 党员转正时间 成为正式党员日期 成为正式党员时间",
        "group": "党小组 所在党小组 所属党小组 小组 党小组名称 组别 所在小组 所属小组 党小组别 所在党小组名称 所属党小组名称 所属小组名称",
        "post": "党内职务 支部职务 党内任职 党支部职务 现任党内职务 党务职务 支部内职务 党内职务名称 支部任职 在党内担任职务 担任党内职务 支委职务 党组织职务",
        "dues_category": "身份 党费类别 党费身份 人员身份 党员身份 缴费类别 交费类别 党费缴纳类别 身份类别",
        "phone": "联系电话 手机号码 手机 电话 联系方式 手机号 移动电话 联系电话手机 联系方式手机 电话号码 本人电话 本人联系电话 联系手机 本人手机号 本人手机 手机电话 个人电话 联系号码 党员联系电话 "
        "手机联系电话",
        "landline": "固定电话 固话 座机 联系电话固话 联系电话固定电话 家庭电话 住宅电话 联系方式固话 办公电话",
        "address": "家庭住址 现居住地 住址 居住地 家庭地址 现住址 地址 详细地址 现居住地址 通讯地址 户籍所在地 居住地址 户籍地址 常住地址 户籍地 常住地 现家庭住址 家庭详细住址 居住住址 户籍住址 "
        "家庭居住地",
        "job": "工作岗位 职业 工作单位 单位及职务 工作单位及职务 职务 岗位 现任职务 从业情况 工作单位职务 行政职务 单位 从事职业 现工作单位 工作单位及职业 就业单位 职业类别 所在单位 务工单位 "
        "工作单位或职业 单位职务",
        "floating": "是否流动党员 流动党员 是否为流动党员 是否流动 流动情况 流动 是否属于流动党员 是否外出流动党员 是否流出 是否为流动",
        "destination": "外出流向 流向 外出地点 流入地 外出流向省市县 流动去向 外出去向 去向 外出地 外出务工地 流动地 外出务工地点 流出地 务工地点 外出务工去向 流动地点",
        "lost_contact": "是否失联 是否失联党员 失联党员 是否为失联党员 失联",
        "lost_since": "失去联系年月 失联时间 失去联系日期 失联日期 失去联系时间 失联年月",
        "membership_state": "党籍状态 党籍 党籍情况",
        "infirm": "是否年老体弱 年老体弱 年老体弱党员 是否年老体弱党员",
        "hardship": "是否困难 是否困难党员 生活困难 困难党员 是否生活困难 生活困难党员 是否生活困难党员",
        "leading_cadre": "党员领导干部 是否党员领导干部 是否领导干部 领导干部",
        "note": "备注 说明 其他 附注 备考 其它 备注说明 备注栏 说明备注",
    }
)
FIELDS: tuple[str, ...] = tuple(dict.fromkeys(_HEADS.values()))
_SECTION = re.compile(r"(第?[一二三四五六七八九十\d]{1,3}(?:党小组|小组)|.{1,10}党小组)(?:[(（:：].*)?")


class NoHeads(UserMistake):
    """No row of the sheet names 姓名; the user can point it out."""


@dataclass(frozen=True, slots=True)
class RosterTable:
    """A roster as found.

    ``columns`` field to column index (0-based); ``head_row`` as the sheet numbers it (the lower one of two), None if
    the columns were mapped by hand; ``unknown`` heads; ``rows`` of (row number in the sheet, field to raw cell);
    ``heads`` the text over each column, the lower one of two; ``beside``: the same heads stand once more beside these,
    over people who were not read.
    """

    columns: dict[str, int]
    head_row: int | None
    unknown: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, object]], ...]
    heads: tuple[str, ...] = ()
    beside: bool = False


def find_roster(
    grid: Sequence[Row],
    by_hand: Mapping[str, int | None] | None = None,
    head_row: int | None = None,
    sheet: str = "",
    merged: Iterable[tuple[int, int, int]] = (),
) -> RosterTable:
    """Read a roster out of a sheet; ``by_hand`` maps fields (``FIELDS``) to columns and wins, None drops a field.

    ``head_row`` names the row of the heads where none of them is known. ``sheet`` is its name: 「第二党小组」 is a group.
    ``merged`` are cells of one column merged downwards, (first row, column, last row) from 0: what they say holds for each row.

    Refuses with NoHeads when no row names 姓名 and it was not mapped by hand.
    """
    heads = find_heads(grid, _HEADS, "name", by_hand or {}, head_row)
    if heads is None or "name" not in heads.columns:
        raise NoHeads("没有找到写着「姓名」的表头，请检查是否选对了文件和工作表，或手工指定各列。")
    section = _section_of(sheet)
    covered = _covered(grid, merged, heads.columns)
    rows: list[tuple[int, dict[str, object]]] = []
    for number, row in data_rows(grid, heads, "name"):
        filled = list(islice(filter(None, map(cell_text, row)), 2))
        if len(filled) == 1 and (found := _section_of(filled[0])):
            section = found
            continue
        raw = {field: row[at] for field, at in heads.columns.items() if at < len(row)}
        if not any(cell_text(raw[field]) for field in raw if field != "number"):
            continue
        if number in covered:
            raw |= {field: said for field, said in covered[number].items() if not cell_text(raw.get(field))}
        if section and "group" not in heads.columns:
            raw["group"] = section
        rows.append((number, raw))
    head_row = heads.head_rows[-1] if heads.head_rows else None
    beside = head_row is not None and _is_repeated_beside(grid[head_row - 1])
    texts = _texts_over([grid[number - 1] for number in heads.head_rows])
    return RosterTable(heads.columns, head_row, heads.unknown, tuple(rows), texts, beside)


def _texts_over(head_rows: Sequence[Row]) -> tuple[str, ...]:
    """The head of each column: the lowest text of the rows of heads, since one that is merged downwards stands in the upper."""
    width = max(map(len, head_rows), default=0)
    columns = ([cell_text(row[at]) for row in head_rows if at < len(row)] for at in range(width))
    return tuple(next(filter(None, reversed(texts)), "") for texts in columns)


def _covered(
    grid: Sequence[Row], merged: Iterable[tuple[int, int, int]], columns: Mapping[str, int]
) -> dict[int, dict[str, object]]:
    """By row number, what a merged cell above says of a field; never whom, since each row is somebody else."""
    fields = {column: field for field, column in columns.items() if field not in ("name", "number", "identity")}
    covered: dict[int, dict[str, object]] = {}
    for top, column, bottom in merged:
        if column in fields and top < len(grid) and column < len(grid[top]):
            for index in range(top + 1, min(bottom + 1, len(grid))):
                covered.setdefault(index + 1, {})[fields[column]] = grid[top][column]
    return covered


def is_head(text: str) -> bool:
    """Whether a text is a usual head of a roster, as where a form of one person is taken for a table."""
    return text in _HEADS


def _section_of(text: str) -> str:
    """The party group that a line of its own, or a sheet's name, says; "" where it says none."""
    found = _SECTION.fullmatch(text.strip())
    return found.group(1) if found else ""


def _is_repeated_beside(head: Row) -> bool:
    """Whether a head is two or more equal heads side by side, with or without a blank column between them."""
    fields = [field_of(cell, _HEADS) for cell in head]
    while fields and fields[-1] is None:
        fields.pop()
    widths = range(1, len(fields) // 2 + 2)
    padded = ((width, fields + [None] * (-len(fields) % width)) for width in widths)
    return any(
        "name" in row[:width] and len(row) > width and row == row[:width] * (len(row) // width) for width, row in padded
    )
