"""The tables as SQLModel classes: what forms and imports are written through.

The migrations make the schema; a test holds these classes equal to it, column for column. ``…Input`` classes are the validated shape
of data from outside (a ``table=True`` class does not validate).
"""

from typing import Annotated

from pydantic import StringConstraints
from sqlmodel import Field, SQLModel

# SQLModel's own ``Field(regex=…)`` checks nothing; only pydantic's constraints do.
Name = Annotated[str, StringConstraints(min_length=1, max_length=40)]
PARTIAL = r"^[12][0-9]{3}(-(0[1-9]|1[0-2])(-[0-3][0-9])?)?$"
Partial = Annotated[str, StringConstraints(pattern=PARTIAL)]
Day = Annotated[str, StringConstraints(pattern=r"^[12][0-9]{3}-[01][0-9]-[0-3][0-9]$")]
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class BranchInput(SQLModel):
    """The branch that keeps the book."""

    name: str = Field(min_length=1, max_length=80)
    superior: str = Field(default="", max_length=80)
    secretary: str = Field(default="", max_length=40)


class Branch(BranchInput, table=True):
    """The one row of the branch."""

    id: int = Field(default=1, primary_key=True)
    book_key: str
    made_on: str


class PresetChoice(SQLModel, table=True):
    """Which preset holds from a date."""

    __tablename__ = "preset_choice"
    id: int | None = Field(default=None, primary_key=True)
    preset: str
    valid_from: str
    reason: str = ""


class RuleOverride(SQLModel, table=True):
    """A rule's value changed by the branch, with the reason; the value is JSON text."""

    __tablename__ = "rule_override"
    id: int | None = Field(default=None, primary_key=True)
    key: str
    value: str
    reason: str
    valid_from: str


class PartyGroup(SQLModel, table=True):
    """党小组."""

    __tablename__ = "party_group"
    id: int | None = Field(default=None, primary_key=True)
    name: str


class MemberInput(SQLModel):
    """A member as entered or imported: cleaned text, partial dates as ISO text."""

    name: Name
    reading: str = Field(default="", max_length=200)
    reading_by_hand: int = Field(default=0, ge=0, le=1)
    kind: Annotated[str, StringConstraints(pattern="^(full|probationary)$")]
    sex: Annotated[str, StringConstraints(pattern="^(男|女|)$")] = ""
    ethnicity: str = Field(default="", max_length=40)
    identity: Annotated[str, StringConstraints(pattern=r"^([0-9]{17}[0-9X])?$")] = ""
    born_on: Partial | None = None
    education: str = Field(default="", max_length=40)
    joined_on: Partial | None = None
    confirmed_on: Partial | None = None
    group_id: int | None = None
    post: str = Field(default="", max_length=40)
    job: str = Field(default="", max_length=80)
    dues_category: str = Field(default="", max_length=40)
    phone: str = Field(default="", max_length=40)
    landline: str = Field(default="", max_length=40)
    address: str = Field(default="", max_length=200)
    floating: int = Field(default=0, ge=0, le=1)
    destination: str = Field(default="", max_length=200)
    lost_contact: int = Field(default=0, ge=0, le=1)
    lost_since: Partial | None = None
    infirm: int = Field(default=0, ge=0, le=1)
    hardship: int = Field(default=0, ge=0, le=1)
    leading_cadre: int = Field(default=0, ge=0, le=1)
    note: str = Field(default="", max_length=2000)


class Member(MemberInput, table=True):
    """A member of the branch, past or present; movements say when."""

    id: int | None = Field(default=None, primary_key=True)
    group_id: int | None = Field(default=None, foreign_key="party_group.id")


class MovementInput(SQLModel):
    """An entry into or exit from the branch on a day."""

    member_id: int
    kind: Annotated[
        str, StringConstraints(pattern="^(accepted|transfer_in|restored|transfer_out|died|suspended|expelled)$")
    ]
    on_date: Day
    place: str = Field(default="", max_length=200)
    note: str = Field(default="", max_length=200)


class Movement(MovementInput, table=True):
    """转入、转出、去世、停止党籍、出党等变动."""

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id")


class GuestInput(SQLModel):
    """A person who may sit in (列席) and never counts in a rate."""

    name: Name
    reading: str = Field(default="", max_length=200)
    # `class` is the column; Python keeps the word for itself.
    class_: str = Field(min_length=1, max_length=40, alias="class", sa_column_kwargs={"name": "class"})
    unit: str = Field(default="", max_length=80)
    phone: str = Field(default="", max_length=40)
    note: str = Field(default="", max_length=200)


class Guest(GuestInput, table=True):
    """列席人员."""

    id: int | None = Field(default=None, primary_key=True)


class EventInput(SQLModel):
    """One activity, planned or held; ``month`` is its slot in the plan."""

    month: Annotated[str, StringConstraints(pattern=r"^[12][0-9]{3}-(0[1-9]|1[0-2])$")]
    on_date: Day | None = None
    rule: str = Field(default="", max_length=200)
    moved_from: Day | None = None
    moved_reason: str = Field(default="", max_length=200)
    theme: str = Field(default="", max_length=200)
    form: str = Field(default="", max_length=200)
    content: str = Field(default="", max_length=2000)
    place: str = Field(default="", max_length=200)
    in_charge: str = Field(default="", max_length=40)
    starts_at: Clock | None = None
    ends_at: Clock | None = None
    note: str = Field(default="", max_length=2000)


class Event(EventInput, table=True):
    """一次活动."""

    id: int | None = Field(default=None, primary_key=True)


class EventKind(SQLModel, table=True):
    """What an event counts as; it may count as several at once (CAL-22)."""

    __tablename__ = "event_kind"
    event_id: int = Field(primary_key=True, foreign_key="event.id", ondelete="CASCADE")
    kind: str = Field(primary_key=True)


class ChangeRequestInput(SQLModel):
    """A date moved: what the preset asks to be written about it (CAL-11, CAL-12)."""

    event_id: int
    from_date: Day | None = None
    to_date: Day
    reason: str = Field(min_length=1, max_length=200)
    duty: Annotated[str, StringConstraints(pattern="^(consent|report|none)$")]
    state: Annotated[str, StringConstraints(pattern="^(drafted|sent|approved|refused)$")] = "drafted"
    requested_on: Day | None = None
    document_no: str = Field(default="", max_length=80)
    approver: str = Field(default="", max_length=80)
    replied_on: Day | None = None


class ChangeRequest(ChangeRequestInput, table=True):
    """变更活动时间的请示或报备."""

    __tablename__ = "change_request"
    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")


class RollEntry(SQLModel, table=True):
    """One expected member of one event, with what they were on that day; ``status`` NULL is unmarked."""

    __tablename__ = "roll_entry"
    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    member_id: int = Field(foreign_key="member.id")
    name: str
    group_name: str = ""
    kind: str
    post: str = ""
    floating: int
    infirm: int
    status: str | None = None
    reason: str = ""
    marked_at: str | None = None


class EventGuest(SQLModel, table=True):
    """A guest who sat in at an event, with what they were on that day."""

    __tablename__ = "event_guest"
    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    guest_id: int = Field(foreign_key="guest.id")
    name: str
    class_: str = Field(sa_column_kwargs={"name": "class"})
    unit: str = ""


class HolidayRow(SQLModel, table=True):
    """A day of the book's own calendar; it wins over the shipped one."""

    __tablename__ = "holiday"
    day: str = Field(primary_key=True)
    is_off: int
    name: str = ""
    statutory: int = 0
    source: str


class HolidayNotice(SQLModel, table=True):
    """A year whose notice has been entered."""

    __tablename__ = "holiday_notice"
    year: int = Field(primary_key=True)
    source: str
    entered_on: str
    body: str = ""


class ActRow(SQLModel, table=True):
    """One act of the user: when, on which working day, by whom, what."""

    __tablename__ = "act"
    id: int | None = Field(default=None, primary_key=True)
    at: str
    day: str
    actor: str = ""
    what: str
    source: str = ""
    request_key: str | None = None
