"""The tables of leave, absence and make-up as SQLModel classes; a test holds them equal to the migrations."""

from sqlmodel import Field, SQLModel


class RollCloseRow(SQLModel, table=True):
    """A roll that was ended by hand: from here on whoever was not there is followed up."""

    __tablename__ = "roll_close"
    event_id: int = Field(primary_key=True, foreign_key="event.id")
    closed_at: str


class LeaveRow(SQLModel, table=True):
    """请假条 for one event or for a span of days (ATT-03)."""

    __tablename__ = "leave"
    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id")
    event_id: int | None = Field(default=None, foreign_key="event.id")
    first_day: str | None = None
    last_day: str | None = None
    reason_class: str
    reason: str = ""
    form: str
    applied_on: str
    granted_by: str = ""
    granted_on: str | None = None
    paper: str = ""


class CaseStepRow(SQLModel, table=True):
    """One thing done about an absence: a contact, the reason learnt, the briefing, the report (ATT-04)."""

    __tablename__ = "case_step"
    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    member_id: int = Field(foreign_key="member.id")
    step: str
    on_date: str
    word: str = ""
    reached: int = 1
    by_whom: str = ""
    note: str = ""


class MakeUpRow(SQLModel, table=True):
    """补课: one lesson (ATT-05)."""

    __tablename__ = "make_up"
    id: int | None = Field(default=None, primary_key=True)
    on_date: str
    form: str
    place: str = ""
    content: str = ""
    led_by: str = ""
    archive_no: str = ""
    archived_on: str | None = None


class MakeUpCaseRow(SQLModel, table=True):
    """A member for whom a lesson makes up an event, and whether they signed."""

    __tablename__ = "make_up_case"
    make_up_id: int = Field(primary_key=True, foreign_key="make_up.id")
    event_id: int = Field(primary_key=True, foreign_key="event.id")
    member_id: int = Field(primary_key=True, foreign_key="member.id")
    signed: int = 0
