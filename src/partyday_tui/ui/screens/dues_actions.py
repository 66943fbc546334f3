"""What can be done at the collecting table, each with its key, its words and its pinyin."""

from partyday_tui.ui.actions import Action
from partyday_tui.ui.screens.exporting import EXPORT

ACTIONS = (
    Action("enter 1", "现金", "收这位党员本月和以前欠的全部党费，现金", "pay", arg="cash", reading="xj xianjin"),
    Action("2", "微信", "收全部，微信", "pay", arg="wechat", reading="wx weixin"),
    Action("3", "转账", "收全部，转账", "pay", arg="transfer", reading="zz zhuanzhang"),
    Action("4", "代交", "收全部，由别人代交，写明代交人", "pay_otherwise", arg="by_proxy", reading="dj daijiao"),
    Action("5", "分月", "少收、补交几个月或预交，先选月份再写金额", "pay_otherwise", arg="some_months", reading="fy fenyue yj yujiao"),
    Action("ctrl+l", "台账", "全年台账、每人的党费卡、明细和冲正", "open_book", arg="dues_year.DuesYearScreen", reading="tz taizhang"),
    Action("ctrl+k", "核定", "核定每人每月交多少", "open_book", arg="dues_assess.DuesAssessScreen", reading="hd heding"),
    Action("ctrl+y", "月结", "月结、上缴、公示", "open_book", arg="dues_close.DuesCloseScreen", reading="yj yuejie sj shangjiao gs gongshi"),
    Action("ctrl+z", "撤销", "冲正在这里刚收的一笔", "undo", reading="cx chexiao"),
    Action("0 delete", "冲正", "冲正这位党员的一笔，写明原因", "reverse", reading="cz chongzheng"),
    Action("6", "自愿", "收应交以外自愿多交的，超过 1000 元的按大额", "pay_otherwise", arg="voluntary", reading="zydj ziyuanduojiao de dae"),
    Action("space", "现金下移", "收全部，现金，光标到下一行", "pay_and_go_on"),
    Action("f5", "其余全收", "到会的还没有交的都收现金，先核对总数", "pay_the_rest", reading="qyqs qiyuquanshou"),
    Action("right", "党费卡", "看这位党员的每一笔和欠交提醒", "open_card", reading="dfk dangfeika"),
    Action("ctrl+g", "分组", "只看一个党小组，再按换下一组", "next_group", reading="fz fenzu"),
    Action("ctrl+t", "通报", "向会议通报党费情况的一句话", "report", reading="tb tongbao"),
    EXPORT,
    Action("ctrl+d", "收款日期", "昨天、前天收的今天才记：先写是哪天收的", "choose_day", reading="skrq shoukuanriqi"),
    Action("ctrl+o", "换活动", "按另一次活动的到会情况排", "choose_event", reading="hhd huanhuodong"),
)  # fmt: skip
