"""The words of rosters and what they mean: yes and no, dues categories, tags, peoples (domain.md §2.c, D1-D8)."""

import re
from functools import lru_cache

YES = {"是", "有", "√", "✓", "✔", "Y", "YES", "1", "对"}
NO = {"", "否", "无", "不是", "没有", "N", "NO", "×", "0", "-", "/", "—"}
# A no that somebody wrote, not a cell left without an answer.
PLAIN_NO = {"否", "不是", "没有", "N", "NO", "×", "0"}
NOT_MEMBERS = re.compile(r"积极分子|发展对象|申请人|群众|团员|民主党派|无党派|非党")
NO_POST = {"", "党员", "无", "普通党员", "正式党员", "预备党员", "群众", "-", "/"}
# 职务 heads a column of party posts in one roster and of jobs in the next: these words are posts of the branch.
_ONE_POST = r"(?:村|社区)?(?:党?支部|党总支|支委会?)?(?:副?书记|(?:组织|宣传|纪检|纪律检查|统战|青年|群工|生活|保密)?委员|第?.{0,3}党?小组组?长)"
BRANCH_POST = re.compile(rf"{_ONE_POST}(?:[、，,/兼和 ]{_ONE_POST})*")
# A remark that a person is no longer there, though the roster still lists them.
GONE = re.compile(r"(?<!未)(?:已转出|转出党员|去世|病故|已故|死亡|已除名|被除名|已退党|开除党籍)")
NAME_ASIDE = re.compile(r"(.+?) ?[(（](男|女|预|预备|预备党员)[)）]")
NOT_A_NAME = re.compile(r"[0-9.,:/ -]+|男|女")
PEOPLE_NAMES = """
汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇
柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京
塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺
"""
PEOPLES = frozenset(PEOPLE_NAMES.split())
# The first pattern that is found decides; the order puts what pays least before what pays most (domain.md D1-D8).
DUES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("relief", re.compile(r"低保|救济|抚恤|五保|特困")),
    ("student", re.compile(r"学生|在读|学员")),
    ("unemployed", re.compile(r"下岗|失业|待业|无业")),
    ("retired", re.compile(r"退休|离休|离退")),
    ("annual_salary", re.compile(r"年薪")),
    ("self_employed", re.compile(r"个体|经商|自主经营|自由职业")),
    ("wage", re.compile(r"在职|职工|工资|公务员|机关|事业|企业|教师|村干部|社区干部|干部|工人|员工")),
    ("farmer", re.compile(r"农民|务农|村民|农户|渔民|牧民")),
)
TAG_WORDS: dict[str, re.Pattern[str]] = {
    "infirm": re.compile(r"年老体弱|年迈体弱|体弱多病|行动不便"),
    "hardship": re.compile(r"(?<![无非不])困难(?!帮扶|联系)"),
    "leading_cadre": re.compile(r"(?<!非)(?<!不是)领导干部"),
    "floating": re.compile(r"(?<!非)(?<!不是)流动"),
}
TAGS: tuple[str, ...] = tuple(TAG_WORDS)


@lru_cache(maxsize=256)  # a roster says the same few words in every row
def dues_category_of(text: str) -> str:
    """The code of the dues category that a 身份 means, "" where none is recognised."""
    return next((code for code, pattern in DUES if pattern.search(text)), "")


@lru_cache(maxsize=256)
def tags_in(note: str) -> frozenset[str]:
    """The tags that a remark speaks of."""
    return frozenset(tag for tag, words in TAG_WORDS.items() if words.search(note))
