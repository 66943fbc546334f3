"""Which section of the manual is about which screen, as a reader would say: what F1 is held against."""

# By the module of the screen.
_SECTIONS = {
    "desk": "今日",
    "year": "排全年计划",
    "roll": "点名",
    "roster": "导入党员名册",
    "registers": "谈心、走访、困难等台账",
    "dues": "收党费",
    "cases": "缺席跟进",
    "duties": "自查",
    "reading": "学习计划",
    "reviews": "主题测评",
    "appraisal": "民主评议（一年一次）",
    "forms": "怎样打印",
    "month_end": "月末结账",
    "delivery": "报送",
    "holidays": "放假安排",
    "backups": "看看备份好不好",
    "settings": "设置",
    "absence_runs": "无故缺席",
    "care": "流动的和年老体弱的",
    "development": "发展党员",
    "development_steps": "一个人的25道程序",
    "dues_assess": "核定每人交多少",
    "dues_close": "月结和上缴",
    "dues_entries": "台账和党费卡",
    "dues_year": "台账和党费卡",
    "event": "活动记录和通知",
    "guests": "列席人员的名单",
    "leave": "请假条",
    "make_up": "补课",
    "member_year": "全年情况",
    "register_entries": "一本台账",
    "review": "主题测评",
    "welcome": "建立账本",
}


def section_title_of(screen):
    """The title of the section for a screen or its class; all registers share one."""
    if hasattr(screen, "REGISTER"):
        return _SECTIONS["register_entries"]
    cls = screen if isinstance(screen, type) else type(screen)
    return _SECTIONS[cls.__module__.rpartition(".")[2]]
