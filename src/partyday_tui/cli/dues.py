"""``partyday dues …``: the commands and their options; what each does is in the modules of its own kind, such as `dues_acts`."""

import argparse
from typing import Any

from partyday_tui.cli import dues_acts, dues_figures, dues_import, dues_settle
from partyday_tui.cli.parser import day, plain_file
from partyday_tui.cli.parser import year as any_year
from partyday_tui.cli.run import add_json
from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.money import fen_from_yuan
from partyday_tui.rules.dues.reach import dues_month, dues_year
from partyday_tui.rules.month import Month


def add_commands(commands: Any) -> None:
    """Add the commands of this file."""
    dues = commands.add_parser("dues", help="党费：核定、收缴、冲正、上缴、月结、台账")
    acts = dues.add_subparsers(dest="dues_command", metavar="做什么", parser_class=type(dues), required=True)
    _add_assess(acts)
    _add_several(acts)
    _add_collect(acts)
    _add_settling(acts)
    _add_figures(acts)


def _add_assess(acts: Any) -> None:
    assess = acts.add_parser("assess", help="按类别和基数算月交数额；写了姓名就记入核定")
    assess.add_argument("name", nargs="?", metavar="姓名", help="不写姓名只算不记")
    assess.add_argument("--category", metavar="类别", help="在职、年薪、个体、离退休、农民、学生、下岗失业、低保抚恤")
    assess.add_argument("--base", type=fen_from_yuan, metavar="元", help="每月基数（税后）")
    assess.add_argument(
        "--part", action="append", default=[], metavar="项目=元", help="基数的一项，如 岗位工资=3000，可写多次"
    )
    assess.add_argument("--year", type=year, metavar="年", help="哪一年，不写就是今年")
    assess.add_argument("--from", dest="valid_from", type=month, metavar="月", help="从哪个月起（年中更正）")
    assess.add_argument("--monthly", type=fen_from_yuan, metavar="元", help="和标准不同的月交数额")
    assess.add_argument("--reason", default="", metavar="原因", help="更正、多交或减免的原因")
    assess.add_argument("--approved-by", default="", metavar="机关", help="核定批准人，如支委会")
    assess.add_argument("--approved-on", type=day, metavar="日期", help="核定批准日期")
    assess.add_argument(
        "--relief-document", default="", metavar="文号", help="上级批准减免的文号；离退休的由支部同意，可以不写"
    )
    assess.add_argument(
        "--relief-by", default="", metavar="机关", help="批准减免的上级党委；离退休的由支部同意，可以不写"
    )
    assess.add_argument("--relief-on", type=day, metavar="日期", help="批准（离退休的为支部同意）减免的日期")
    _add_id(assess)
    add_json(assess)
    assess.set_defaults(run=dues_acts.assess)


def _add_several(acts: Any) -> None:
    importing = acts.add_parser("import", help="导入党费核定基础数据（表格）")
    importing.add_argument("file", type=plain_file, metavar="文件")
    importing.add_argument("--year", type=year, metavar="年", help="哪一年，不写就是今年")
    importing.add_argument(
        "--choose", action="append", default=[], metavar="行=编号", help="重名时指明哪一行是哪位，编号写 0 不导入"
    )
    importing.add_argument("--approved-by", default="", metavar="机关", help="核定批准人，如支委会")
    importing.add_argument("--approved-on", type=day, metavar="日期", help="核定批准日期")
    importing.add_argument(
        "--from", dest="valid_from", type=month, metavar="月", help="已核定过的从哪个月起更正，不写就从本月起"
    )
    importing.add_argument("--reason", default="", metavar="原因", help="更正的原因")
    importing.add_argument("--dry-run", action="store_true", help="只看不写")
    add_json(importing)
    importing.set_defaults(run=dues_import.import_figures)
    carry = acts.add_parser("carry", help="没有核定的党员沿用上年基数")
    carry.add_argument("--year", type=year, metavar="年", help="哪一年，不写就是今年")
    carry.add_argument("--approved-by", default="", metavar="机关", help="核定批准人")
    carry.add_argument("--approved-on", type=day, metavar="日期", help="核定批准日期")
    add_json(carry)
    carry.set_defaults(run=dues_acts.carry)
    fixed = acts.add_parser("fixed", help="没有核定的定额党员（农民、学生等）按名册的类别一起核定")
    fixed.add_argument("--year", type=year, metavar="年", help="哪一年，不写就是今年")
    fixed.add_argument("--from", dest="valid_from", type=month, metavar="月", help="从哪个月起")
    fixed.add_argument(
        "--unnamed-as", default="", metavar="类别", help="名册没有写类别的按哪一类，如农民；不写就不核定"
    )
    fixed.add_argument("--approved-by", default="", metavar="机关", help="核定批准人，如支委会")
    fixed.add_argument("--approved-on", type=day, metavar="日期", help="核定批准日期")
    add_json(fixed)
    fixed.set_defaults(run=dues_acts.fixed)
    away = acts.add_parser("away", help="记一名流动党员在外地交党费的月份，这几个月在本支部不算欠交")
    away.add_argument("name", metavar="姓名")
    away.add_argument("--first", type=month, required=True, metavar="月", help="从哪个月起；已记过的写它的第一个月来改")
    away.add_argument("--last", type=month, metavar="月", help="到哪个月止，不写就是还在外地")
    away.add_argument("--place", default="", metavar="哪里", help="收党费的党组织，或流动党员活动证")
    away.add_argument("--withdraw", action="store_true", help="撤销从这个月起的一段")
    _add_id(away)
    add_json(away)
    away.set_defaults(run=dues_acts.away)
    term = acts.add_parser("term", help="改一名党员党费的起止月份")
    term.add_argument("name", metavar="姓名")
    term.add_argument("--first", type=month, metavar="月", help="从哪个月起交")
    term.add_argument("--last", type=month, metavar="月", help="交到哪个月")
    term.add_argument("--reason", required=True, metavar="原因")
    _add_id(term)
    add_json(term)
    term.set_defaults(run=dues_acts.term)


def _add_collect(acts: Any) -> None:
    collect = acts.add_parser("collect", help="收一名党员的党费")
    collect.add_argument("name", metavar="姓名")
    collect.add_argument(
        "--month", type=month, action="append", default=[], metavar="月", help="交哪个月的，可写多次；不写就是全部所欠"
    )
    collect.add_argument("--amount", type=fen_from_yuan, metavar="元", help="不写就是应交的全部")
    collect.add_argument(
        "--method", default="", metavar="方式", help="现金、微信、转账，不写就是现金；代交就是代交的现金"
    )
    collect.add_argument("--payer", default="", metavar="姓名", help="代交人：替本人交钱的亲属或别的党员")
    collect.add_argument(
        "--surplus",
        choices=("ahead", "voluntary"),
        default="",
        metavar="多出的",
        help="多出的怎样算：ahead 预交，voluntary 自愿多交",
    )
    collect.add_argument("--voluntary", action="store_true", help="应交之外自愿多交（一次超过 1000 元为大额党费）")
    collect.add_argument("--note", default="", metavar="备注")
    _add_entry(collect)
    _add_id(collect)
    collect.set_defaults(run=dues_acts.collect)
    reverse = acts.add_parser("reverse", help="冲正台账里的一笔或几笔")
    reverse.add_argument("entry", type=int, nargs="+", metavar="编号", help="见 partyday dues ledger")
    reverse.add_argument("--reason", required=True, metavar="原因")
    _add_entry(reverse)
    reverse.set_defaults(run=dues_acts.reverse)


def _add_settling(acts: Any) -> None:
    remit = acts.add_parser("remit", help="上缴党费")
    remit.add_argument("--amount", type=fen_from_yuan, metavar="元", help="不写就是在手的全部")
    remit.add_argument("--receipt", default="", metavar="号码", help="党费专用收据或银行回单号")
    remit.add_argument("--method", default="", metavar="方式", help="从哪一项上缴：现金、微信、转账；不写就先从现金")
    remit.add_argument("--note", default="", metavar="备注")
    _add_entry(remit)
    remit.set_defaults(run=dues_settle.remit)
    receipt = acts.add_parser("receipt", help="上缴以后拿到收据，补写收据号")
    receipt.add_argument(
        "entry", type=int, nargs="+", metavar="编号", help="上缴的那一笔或几笔，见 partyday dues ledger"
    )
    receipt.add_argument("--receipt", required=True, metavar="号码", help="党费专用收据号")
    add_json(receipt)
    receipt.set_defaults(run=dues_settle.receipt)
    fund = acts.add_parser("fund", help="登记上级返还的党费和它的使用")
    fund.add_argument("kind", choices=("returned", "used"), metavar="哪一种", help="returned 返还，used 使用")
    fund.add_argument("--amount", type=fen_from_yuan, required=True, metavar="元")
    fund.add_argument("--receipt", default="", metavar="号码", help="凭据号")
    fund.add_argument("--note", default="", metavar="用途")
    _add_entry(fund)
    fund.set_defaults(run=dues_settle.fund)
    close = acts.add_parser("close", help="月结")
    close.add_argument("month", type=month, metavar="月")
    close.add_argument("--counted", type=fen_from_yuan, metavar="元", help="清点的现金和账户余额合计")
    close.add_argument("--difference", default="", metavar="原因", help="清点和账上不等的原因")
    close.add_argument(
        "--defer", action="append", default=[], metavar="姓名=原因", help="缓交，可写多次；姓名也可写编号"
    )
    close.add_argument("--unpaid", action="append", default=[], metavar="姓名", help="注明未交，可写多次")
    close.add_argument("--rest-unpaid", action="store_true", help="其余没有交清的都注明未交")
    add_json(close)
    close.set_defaults(run=dues_settle.close)
    publish = acts.add_parser("publish", help="登记年度公示")
    publish.add_argument("--year", type=year, required=True, metavar="年")
    publish.add_argument("--on", type=day, metavar="日期", help="公示日期，不写就是今天")
    publish.add_argument("--place", default="", metavar="地点", help="怎样公示的，如党务公开栏")
    add_json(publish)
    publish.set_defaults(run=dues_settle.publish)


def _add_figures(acts: Any) -> None:
    ledger = acts.add_parser("ledger", help="一年的台账")
    ledger.add_argument("--year", type=year, metavar="年", help="不写就是今年")
    add_json(ledger)
    ledger.set_defaults(run=dues_figures.ledger)
    status = acts.add_parser("status", help="一个月的收缴情况")
    status.add_argument("--month", type=month, metavar="月", help="不写就是这个月")
    add_json(status)
    status.set_defaults(run=dues_figures.status)
    sheet = acts.add_parser("sheet", help="一年的公示数字")
    sheet.add_argument("--year", type=year, metavar="年", help="不写就是今年")
    add_json(sheet)
    sheet.set_defaults(run=dues_figures.sheet)


def _add_entry(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--date", type=day, metavar="日期", help="实际发生的日期，不写就是今天")
    parser.add_argument("--key", metavar="标识", help="同一标识只记一次，供脚本重试")
    add_json(parser)


def _add_id(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--id", type=int, metavar="编号", help="同名时指明是哪一位（编号见 partyday members --json）")


def month(text: str) -> Month:
    """A month of dues as YYYY-MM; raises ArgumentTypeError with a Chinese phrase, UserMistake for one out of reach."""
    try:
        Month.parse(text)
    except UserMistake:
        raise argparse.ArgumentTypeError(f"月份 {text} 写得不对，要写成 2026-11 这样") from None
    return dues_month(text)


def year(text: str) -> int:
    """A year of dues; raises ArgumentTypeError with a Chinese phrase, UserMistake for one out of reach."""
    return dues_year(any_year(text))
