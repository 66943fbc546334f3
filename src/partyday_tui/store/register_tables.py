"""The tables of the registers as SQLModel classes; a test holds them equal to the migrations."""

from sqlmodel import Field, SQLModel


class TalkRow(SQLModel, table=True):
    """谈心谈话."""

    __tablename__ = "talk"
    id: int | None = Field(default=None, primary_key=True)
    on_date: str
    topic: str
    reason: str = ""
    note: str = ""


class TalkMemberRow(SQLModel, table=True):
    """A member who took part in a talk."""

    __tablename__ = "talk_member"
    talk_id: int = Field(primary_key=True, foreign_key="talk.id")
    member_id: int = Field(primary_key=True, foreign_key="member.id")


class TalkTriggerRow(SQLModel, table=True):
    """Something that calls for a talk with a member (CON-17)."""

    __tablename__ = "talk_trigger"
    id: int | None = Field(default=None, primary_key=True)
    on_date: str
    member_id: int = Field(foreign_key="member.id")
    what: str
    note: str = ""


class VisitRow(SQLModel, table=True):
    """走访慰问 of a member or a household (CON-18)."""

    __tablename__ = "visit"
    id: int | None = Field(default=None, primary_key=True)
    on_date: str
    member_id: int | None = Field(default=None, foreign_key="member.id")
    household: str = ""
    occasion: str
    goods: str = ""
    amount_fen: int = 0
    by_whom: str = ""
    reported_on: str | None = None
    note: str = ""


class HardshipRow(SQLModel, table=True):
    """困难党员动态台账: how it stands with a member from a day on; a change is a new row (CON-19)."""

    __tablename__ = "hardship"
    id: int | None = Field(default=None, primary_key=True)
    on_date: str
    member_id: int = Field(foreign_key="member.id")
    trouble: str
    level: str = ""
    measures: str = ""
    ended_on: str | None = None
    note: str = ""


class ProblemRow(SQLModel, table=True):
    """问题整改 (PRO-10)."""

    __tablename__ = "problem"
    id: int | None = Field(default=None, primary_key=True)
    on_date: str
    title: str
    source: str = ""
    owner: str = ""
    due_on: str | None = None
    result: str = ""
    settled_on: str | None = None
    reported_on: str | None = None


class PraiseRow(SQLModel, table=True):
    """表扬 (CON-24, CON-25)."""

    __tablename__ = "praise"
    id: int | None = Field(default=None, primary_key=True)
    on_date: str
    member_id: int = Field(foreign_key="member.id")
    kind: str
    deed: str
    by_whom: str = ""


class VolunteeringRow(SQLModel, table=True):
    """志愿服务 of one member (CON-22)."""

    __tablename__ = "volunteering"
    id: int | None = Field(default=None, primary_key=True)
    on_date: str
    member_id: int = Field(foreign_key="member.id")
    project: str
    served_minutes: int
    note: str = ""


class OutreachRow(SQLModel, table=True):
    """联系流动党员 (ATT-10)."""

    __tablename__ = "outreach"
    id: int | None = Field(default=None, primary_key=True)
    on_date: str
    member_id: int = Field(foreign_key="member.id")
    way: str
    note: str = ""


class InspectionRow(SQLModel, table=True):
    """上级检查与整改 (SUP-02)."""

    __tablename__ = "inspection"
    id: int | None = Field(default=None, primary_key=True)
    on_date: str
    by_whom: str
    method: str = ""
    findings: str = ""
    mend_by: str | None = None
    mending: str = ""
    mended_on: str | None = None


class DutyPostRow(SQLModel, table=True):
    """设岗定责 (CON-21)."""

    __tablename__ = "duty_post"
    id: int | None = Field(default=None, primary_key=True)
    on_date: str
    member_id: int = Field(foreign_key="member.id")
    station: str
    task: str = ""
    ended_on: str | None = None


class SuperiorReportRow(SQLModel, table=True):
    """A sheet handed in or a matter reported to the superior (CON-16, CON-27, ATT-20)."""

    __tablename__ = "superior_report"
    id: int | None = Field(default=None, primary_key=True)
    on_date: str
    kind: str
    to_whom: str = ""
    note: str = ""


class CandidateRow(SQLModel, table=True):
    """A person under development (CON-20)."""

    __tablename__ = "candidate"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    reading: str = ""
    guest_id: int | None = Field(default=None, foreign_key="guest.id")
    contacts: str = ""
    training_days: int = 0
    training_hours: int = 0
    extended_months: int = 0
    special: int = 0
    ended_on: str | None = None
    ended_why: str = ""
    note: str = ""


class CandidateStepRow(SQLModel, table=True):
    """One of the 25 steps, done on a day."""

    __tablename__ = "candidate_step"
    id: int | None = Field(default=None, primary_key=True)
    candidate_id: int = Field(foreign_key="candidate.id")
    step: int
    on_date: str
    note: str = ""


class CandidateLookRow(SQLModel, table=True):
    """A regular 考察 of a candidate."""

    __tablename__ = "candidate_look"
    id: int | None = Field(default=None, primary_key=True)
    candidate_id: int = Field(foreign_key="candidate.id")
    on_date: str
    note: str = ""
