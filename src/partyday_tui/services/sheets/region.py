"""支部汇总: the figures of a region's branches, and what is to be said of the files they came from."""

from __future__ import annotations

from datetime import date

from partyday_tui.rules.figures import Figures, together
from partyday_tui.rules.sheet import MONEY, Column, Form, Table, Value, yuan_value
from partyday_tui.services.collect import Region

_RATE = "0.0%"


def region_form(region: Region, today: date) -> Form:
    """One row a branch, in the order of their names, and their sums; nobody is ranked."""
    columns = (
        Column("序号", 4),
        Column("党支部", 20, "left"),
        Column("上级党组织", 15, "left"),
        Column("计划党日", 7),
        Column("开展党日", 7),
        Column("应到人次", 7.5),
        Column("实到人次", 7.5),
        Column("到会率", 7.5, number_format=_RATE),
        Column("扣除后", 7.5, number_format=_RATE),
        Column("党费应交", 10.5, number_format=MONEY),
        Column("党费收到", 10.5, number_format=MONEY),
        Column("党费上缴", 10.5, number_format=MONEY),
        Column("缺席未结", 7),
        Column("测评", 5),
        Column("逾期事项", 7),
        Column("截至", 11),
    )
    counted = [it.figures for it in region.branches]
    totals = _cells(together(counted, region.first, region.last))
    table = Table(
        columns,
        [[number, it.branch, it.superior, *_cells(it), it.made_on.isoformat()] for number, it in enumerate(counted, 1)],
        totals=[["合计", f"{len(counted)}个支部", None, *totals, None]] if counted else (),
        row_height=20,
        empty="没有能计入的支部，原因见另一张表",
        size=9,
    )
    return Form(
        f"{region.span_words}党支部情况汇总表",
        (table,),
        unit=(f"支部 {len(counted)} 个，另有 {len(region.remarks)} 条说明", f"汇总日期：{today}　金额单位：元"),
        foot=(
            (
                "到会率＝实到／应到；扣除后＝实到／（应到－未到会的流动、年老体弱党员）；合计按总人次算。按支部名称排列，不排名次。",
            ),
            ("汇总人：", "审核人：", "年  月  日"),
        ),
        landscape=True,
        name="支部汇总",
    )


def remarks_form(region: Region) -> Form:
    """The files that were not counted, or that somebody should look at, each with a sentence."""
    columns = (
        Column("序号", 5),
        Column("文件", 40, "left"),
        Column("党支部", 22, "left"),
        Column("情况", 10),
        Column("说明", 60, "left"),
    )
    return Form(
        f"{region.span_words}没有计入和要核对的文件",
        (
            Table(
                columns,
                [[number, it.file, it.branch, it.what, it.why] for number, it in enumerate(region.remarks, 1)],
                row_height=20,
                empty="文件都已计入",
                size=10,
            ),
        ),
        landscape=True,
        name="没有计入的",
    )


def _cells(it: Figures) -> list[Value]:
    return [
        it.planned,
        it.held,
        it.expected,
        it.came,
        it.rate,
        it.rate_after_deductions,
        yuan_value(it.due_fen),
        yuan_value(it.collected_fen),
        yuan_value(it.remitted_fen),
        it.open_cases,
        it.reviews,
        it.overdue,
    ]
