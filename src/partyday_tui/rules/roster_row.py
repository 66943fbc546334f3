"""One raw row of a roster turned into a clean entry, with every doubt named by row and field (domain.md §2.c).

A row is refused only without a name or when the person is no member; anything else doubtful is left out of the entry
and named, so that the good part is kept.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Literal

from partyday_tui.errors import UserMistake
from partyday_tui.rules.heads import cell_text
from partyday_tui.rules.identity import check_identity, identity_birth, identity_sex
from partyday_tui.rules.partial_date import PartialDate, parse_partial_date
from partyday_tui.rules.people import MEMBER_LIMITS
from partyday_tui.rules.phones import is_landline, is_mobile, plain_phone
from partyday_tui.rules.roster_entry import Kind, MembershipState, RosterEntry, RowProblem
from partyday_tui.rules.roster_heads import is_head
from partyday_tui.rules.roster_words import (
    BRANCH_POST,
    GONE,
    NAME_ASIDE,
    NO,
    NO_POST,
    NOT_A_NAME,
    NOT_MEMBERS,
    PEOPLES,
    PLAIN_NO,
    TAG_WORDS,
    YES,
    dues_category_of,
    tags_in,
)
from partyday_tui.rules.text import clean_block, clean_line, clean_name

_YOUNGEST = 18  # «中国共产党章程»第一条: 年满十八岁


def read_row(number: int, raw: Mapping[str, object], today: date) -> tuple[RosterEntry | None, tuple[RowProblem, ...]]:
    """Read row ``number`` (field to raw cell, see ``roster_heads``); None when refused, the reason in the problems.

    ``today`` decides 预备 or 正式 only where the sheet has no 人员类别: a 转正日期 still to come, or none and less than
    a year since joining (the probation of one year, domain.md B15), means 预备.
    """
    row = _Row(number, raw)
    name = row.name()
    stated_kind = row.kind()
    if name is None or stated_kind == "guest":
        return None, tuple(row.problems)
    joined_on, confirmed_on = row.day("joined_on", "入党日期"), row.day("confirmed_on", "转正日期")
    category, occupation = row.dues()
    phone, landline = row.phones()
    post, job = row.post_and_job(occupation)
    destination = row.line("destination")
    lost_contact, tags = row.flag("lost_contact", "是否失联"), row.tags(destination)
    entry = RosterEntry(
        name=name,
        kind=stated_kind or ("probationary" if _on_probation(joined_on, confirmed_on, today) else "full"),
        kind_stated=stated_kind is not None,
        sex=row.sex(),
        ethnicity=row.ethnicity(),
        born_on=row.day("born_on", "出生日期"),
        education=row.line("education"),
        identity=row.identity(),
        joined_on=joined_on,
        confirmed_on=confirmed_on,
        group=row.words("group"),
        post=post,
        dues_category=category,
        phone=phone,
        landline=landline,
        address=row.line("address"),
        job=job,
        destination=destination,
        lost_contact=lost_contact or False,
        lost_since=row.day("lost_since", "失去联系年月"),
        membership_state=row.membership_state(),
        tags=tags,
        denied=frozenset(row.denied - tags),
        note=row.note(),
    )
    row.cross_check(entry, today)
    return entry, tuple(row.problems)


class _Row:
    """The cells of one row and the problems found while reading them."""

    def __init__(self, number: int, raw: Mapping[str, object]) -> None:
        self._number = number
        self._raw = raw
        self._texts = {field: cell_text(value) for field, value in raw.items()}
        self.problems: list[RowProblem] = []
        self.denied: set[str] = set()
        # What stands in brackets behind a name: 「李梅（女）」, 「张强（预备）」.
        self._aside = ""

    def say(self, field: str, message: str) -> None:
        self.problems.append(RowProblem(self._number, field, message))

    def _plain(self, field: str) -> str:
        """The text of a cell folded and without blanks, "" where there is none."""
        text = self._texts.get(field, "")
        return "".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).split()) if text else ""

    def line(self, field: str) -> str:
        text = self._texts.get(field)
        if not text:
            return ""
        cleaned = clean_line(text, MEMBER_LIMITS[field])
        if cleaned.removed:
            self.say(field, f"这一格含有看不见的控制字符({'、'.join(cleaned.removed)})，已去掉，请核对。")
        if cleaned.problem:
            self.say(field, f"{cleaned.problem}本次先留空。")
            return ""
        return cleaned.text

    def words(self, field: str) -> str:
        """A line without the blanks that spread two characters over a cell: 「汉 族」."""
        text = self.line(field)
        return re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", text) if " " in text else text

    def note(self) -> str:
        cleaned = clean_block(self._texts.get("note", ""), MEMBER_LIMITS["note"])
        if cleaned.removed:
            self.say("note", f"备注含有看不见的控制字符({'、'.join(cleaned.removed)})，已去掉，请核对。")
        if cleaned.problem:
            self.say("note", f"{cleaned.problem}本次先留空。")
            return ""
        if gone := GONE.search(cleaned.text):
            self.say("note", f"备注写着「{gone[0]}」，仍按在册党员导入；如已离开支部，请在名册的变动里登记日期。")
        return cleaned.text

    def name(self) -> str | None:
        cleaned = clean_name(self._texts.get("name", ""))
        if cleaned.problem:
            self.say("name", f"{cleaned.problem}本行不导入。")
            return None
        # A person may be called 文化; then something else in the row says that it is one.
        if NOT_A_NAME.fullmatch(cleaned.text) or (is_head(cleaned.text) and not self._plain("identity")):
            self.say("name", f"姓名「{cleaned.text[:20]}」不是人名，本行不导入，请核对是否认对了姓名那一列。")
            return None
        if cleaned.removed:
            self.say("name", f"姓名里含有看不见的控制字符({'、'.join(cleaned.removed)})，已去掉，请核对。")
        if cleaned.flagged:
            self.say("name", f"姓名里的「{'、'.join(cleaned.flagged)}」是生僻字，已照原样保留，请核对能否显示。")
        found = NAME_ASIDE.fullmatch(cleaned.text)
        self._aside = found[2] if found else ""
        return found[1] if found else cleaned.text

    def kind(self) -> Kind | Literal["guest"] | None:
        text = self._plain("kind") or ("预备" if self._aside.startswith("预") else "")
        if "预备" in text:
            return "probationary"
        if "正式" in text:
            return "full"
        if NOT_MEMBERS.search(text):
            self.say("kind", f"「{text}」不是党员，本行不导入党员名册，请在列席人员中登记。")
            return "guest"
        if text not in ("", "党员", "中共党员", "中国共产党党员"):
            self.say("kind", f"人员类别「{text}」认不出，先按正式党员导入，请核对后改正。")
        return None

    def day(self, field: str, what: str) -> PartialDate | None:
        if self._plain(field) in NO:
            return None
        try:
            return parse_partial_date(self._raw[field])
        except UserMistake as refusal:
            self.say(field, f"{what}：{refusal.sentence}本次先留空。")
            return None

    def identity(self) -> str | None:
        check = check_identity(None if self._plain("identity") in NO else self._raw["identity"])
        if check.problem:
            self.say("identity", f"{check.problem}本人先不带号码导入。")
        return check.number

    def sex(self) -> str:
        text = self._plain("sex").removesuffix("性") or (self._aside if self._aside in ("男", "女") else "")
        if text in ("", "男", "女"):
            return text
        self.say("sex", f"性别「{text[:20]}」认不出，先留空，请补填男或女。")
        return ""

    def ethnicity(self) -> str:
        text = self.words("ethnicity")
        return text + "族" if text in PEOPLES else text

    def post_and_job(self, occupation: str) -> tuple[str, str]:
        """The post in the branch and the work; without a column for posts, a post that stands under 职务 is one."""
        post, job = self.line("post"), self.line("job")
        if "post" not in self._raw and (job in NO_POST or BRANCH_POST.fullmatch(job)):
            post, job = job, ""
        return "" if post in NO_POST else post, job or occupation

    def dues(self) -> tuple[str, str]:
        """Category code, and the words of the sheet, which stand for the job where no column names it."""
        text = self.line("dues_category")
        if not text:
            return "", ""
        code = dues_category_of(text)
        if not code:
            self.say("dues_category", f"身份「{text}」认不出党费类别，先留空，请在党员资料里选定。")
        return code, text

    def phones(self) -> tuple[str, str]:
        """Mobile and landline; a landline in the mobile column moves over where that one is empty."""
        phone, landline = plain_phone(self.line("phone")), plain_phone(self.line("landline"))
        if is_landline(phone):
            return ("", phone) if not landline else (phone, landline)
        if phone and not is_mobile(phone):
            self.say("phone", f"联系电话「{phone[:20]}」不像手机或固定电话号码，已照原样保留，请核对。")
        return phone, landline

    def flag(self, field: str, what: str) -> bool | None:
        """True, False, or None where the sheet has no such column; a word that is neither is named and counts as no."""
        if field not in self._raw:
            return None
        text = self._plain(field).upper()
        words = TAG_WORDS.get(field)
        if text in YES or (words and words.search(text)) or (field == "lost_contact" and text == "失联"):
            return True
        if text in PLAIN_NO or text.startswith(("非", "不", "未", "正常")):
            self.denied.add(field)
        elif text not in NO:
            self.say(field, f"「{what}」一格写的是「{text[:20]}」，认不出是或否，先按否导入，请核对。")
        return False

    def tags(self, destination: str) -> frozenset[str]:
        found = set(tags_in(self._texts.get("note", "")))
        for tag, what in (("infirm", "年老体弱"), ("hardship", "困难"), ("leading_cadre", "党员领导干部")):
            if self.flag(tag, what):
                found.add(tag)
        floating = self.flag("floating", "是否流动党员")
        if floating or (floating is None and destination):
            found.add("floating")
        elif floating is False and destination and "floating" not in found:
            self.say("destination", f"写了外出流向「{destination[:20]}」，但不是流动党员，请核对是否流动。")
        return frozenset(found)

    def membership_state(self) -> MembershipState:
        text = self._plain("membership_state")
        if "停止" in text:
            return "suspended"
        if text not in ("", "正常", "正常党籍", "在册"):
            self.say("membership_state", f"党籍状态「{text[:20]}」认不出，先按正常导入，请核对。")
        return "normal"

    def cross_check(self, entry: RosterEntry, today: date) -> None:
        """Name what contradicts itself or cannot have been yet; both facts are kept."""
        for field, what, day in (("born_on", "出生日期", entry.born_on), ("joined_on", "入党日期", entry.joined_on)):
            if day and day.first_day() > today:
                self.say(field, f"{what} {day.iso} 还没有到，已照原样保留，请核对。")
        if entry.identity and entry.identity[6:14] > f"{today:%Y%m%d}":
            self.say("identity", "公民身份号码里的出生日期还没有到，已照原样保留，请核对证件。")
        birth_year = int(entry.identity[6:10]) if entry.identity else entry.born_on and entry.born_on.year
        if birth_year and entry.joined_on and entry.joined_on.year - birth_year < _YOUNGEST:
            told = f"入党日期 {entry.joined_on.iso} 时不满{_YOUNGEST}岁，与出生年份 {birth_year} 对不上，请核对。"
            self.say("joined_on", told)
        if entry.identity and entry.born_on and not entry.born_on.agrees_with(identity_birth(entry.identity)):
            birth = identity_birth(entry.identity)
            self.say("born_on", f"出生日期 {entry.born_on.iso} 与身份号码中的 {birth} 不一致，两者都已保留，请核对。")
        if entry.identity and entry.sex and entry.sex != identity_sex(entry.identity):
            self.say("sex", f"性别「{entry.sex}」与身份号码不一致，两者都已保留，请核对。")
        if entry.joined_on and entry.confirmed_on and entry.confirmed_on.first_day() < entry.joined_on.first_day():
            self.say("confirmed_on", f"转正日期 {entry.confirmed_on.iso} 早于入党日期，两者都已保留，请核对。")


def _on_probation(joined_on: PartialDate | None, confirmed_on: PartialDate | None, today: date) -> bool:
    if confirmed_on:
        return confirmed_on.first_day() > today
    return joined_on is not None and (today - joined_on.first_day()).days < 365
