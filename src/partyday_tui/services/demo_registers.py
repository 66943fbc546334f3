"""The registers of the demo branch: a few entries in each, with something open for the desk to speak of."""

from datetime import date

from partyday_tui.clock import Clock
from partyday_tui.services import development, registers
from partyday_tui.store.book import Book

# (register, day, members of the demo roster, fields); each is written on its own day.
_ENTRIES: tuple[tuple[str, str, tuple[str, ...], dict[str, str]], ...] = (
    ("hardship", "2026-01-09", ("区德杰",), {"trouble": "因病", "level": "一般", "measures": "帮助申请大病救助"}),
    ("hardship", "2026-02-06", ("欧阳修文",), {"trouble": "缺劳力", "level": "较重", "measures": "党员结对，农忙时帮工"}),
    ("visit", "2026-02-12", ("区德杰", "欧阳修文"), {
        "occasion": "春节", "goods": "大米一袋、食用油一桶", "amount_fen": "200", "by_whom": "罗有秀、马会计", "reported_on": "2026-03-06",
    }),
    ("duty_post", "2026-03-06", ("贺有素",), {"station": "环境卫生岗", "task": "带头打扫村道，每周巡查一次"}),
    ("duty_post", "2026-03-06", ("范学英",), {"station": "政策宣传岗", "task": "向邻近各户讲惠农政策"}),
    ("inspection", "2026-03-20", (), {
        "by_whom": "青山镇党委", "method": "随机抽查", "findings": "党员活动室学习资料不全", "mend_by": "2026-04-20",
        "mending": "已领取并上架", "mended_on": "2026-04-10",
    }),
    ("talk", "2026-03-25", ("罗有秀", "邓艳"), {"topic": "思想", "reason": "日常", "note": "谈了党员带头参与环境整治的事"}),
    ("volunteering", "2026-05-08", ("贺有素", "范学英", "郝明长"), {"project": "清理河道", "served_minutes": "3小时"}),
    ("praise", "2026-05-15", ("范学英",), {"kind": "好人好事", "deed": "雨夜帮邻居转移粮食", "by_whom": "主题党日上表扬"}),
    ("problem", "2026-06-05", (), {
        "title": "流动党员联系不及时", "source": "组织生活会", "owner": "组织委员", "due_on": "2026-07-31",
        "result": "建了微信群，每月联系一次", "settled_on": "2026-07-20", "reported_on": "2026-08-14",
    }),
    ("visit", "2026-06-28", ("区德杰", "欧阳修文", "邵敏芳"), {
        "occasion": "七一", "amount_fen": "300", "by_whom": "罗有秀", "goods": "慰问信一封", "reported_on": "2026-07-03",
    }),
    ("talk_trigger", "2026-09-10", ("杜香明",), {"what": "遇到困难或挫折", "note": "家里房屋受灾"}),
    ("talk", "2026-09-12", ("罗有秀", "杜香明"), {"topic": "生活困难", "reason": "遇到困难或挫折", "note": "商定先申请救助，邻里帮工修房"}),
    ("outreach", "2026-10-12", (), {"way": "网络互动", "note": "在微信群里学习上月主题，各自留言"}),
    ("problem", "2026-10-09", (), {"title": "活动记录补写不及时", "source": "主题测评", "owner": "马会计", "due_on": "2026-10-31"}),
    ("talk_trigger", "2026-10-30", ("龚贵娟",), {"what": "群众有不良反映", "note": "土地流转没有讲清楚"}),
    ("superior_report", "2026-10-15", (), {"kind": "谈话记录表", "to_whom": "青山镇党委"}),
)  # fmt: skip

_STEPS = {1: "2025-03-10", 2: "2025-04-02", 3: "2025-09-15", 4: "2025-09-28", 5: "2025-09-28"}
_LOOKS = (date(2026, 3, 12),)
_NEWCOMER = {1: "2026-10-20"}


def fill_registers(book: Book) -> None:
    """Write the entries of a year, each on its day; the roster must be there."""
    for key, on, names, texts in _ENTRIES:
        book.clock = Clock(date.fromisoformat(on))
        people = _reached(book) if key == "outreach" else registers.members_named(book, names)
        registers.add(book, registers.register_named(key), {"on_date": on, **texts}, people)
    _let_a_hardship_change(book)
    _develop(book)


def _reached(book: Book) -> list[int]:
    """The floating members but for the last, who is left for the list of those who are missing."""
    return [member.id for member in registers.people_to_choose(book) if member.floating][:-1]


def _let_a_hardship_change(book: Book) -> None:
    """The first hardship grew worse in summer: the old row ends, a new one begins."""
    register = registers.register_named("hardship")
    book.clock = Clock(date(2026, 8, 3))
    first = min(registers.entries_of(book, register, 2026), key=lambda it: it.id)
    texts = {"on_date": "2026-08-03", "trouble": "因病", "level": "较重", "measures": "低保已办，支委每月上门一次"}
    registers.change_from(book, register, first.id, texts)


def _develop(book: Book) -> None:
    """One activist whose half-yearly look is late, one who applied lately."""
    guest = next(iter(development.guests_to_develop(book)), None)
    book.clock = Clock(date(2026, 10, 20))
    names = ((guest.name if guest else "何树苗", guest.id if guest else None, _STEPS), ("江小满", None, _NEWCOMER))
    for name, guest_id, steps in names:
        key = development.add_candidate(book, name, guest_id)
        for number, on in steps.items():
            development.enter_step(book, key, number, date.fromisoformat(on))
        if steps is _STEPS:
            for look in _LOOKS:
                development.enter_look(book, key, look, "学习认真，带头参加志愿服务")
