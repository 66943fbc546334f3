"""The tables of the event record and of the yearly plans as SQLModel classes; a test holds them equal to the migrations."""

from sqlmodel import Field, SQLModel


class EventRecordRow(SQLModel, table=True):
    """What the record of one event says once; a row for an event that has been written up at all."""

    __tablename__ = "event_record"
    event_id: int = Field(primary_key=True, foreign_key="event.id")
    group_id: int | None = Field(default=None, foreign_key="party_group.id")
    required_theme: str = ""
    chosen_theme: str = ""
    opinions_on: str | None = None
    opinions_from: str = ""
    approved_on: str | None = None
    approved_by: str = ""
    notice_on: str | None = None
    notice_how: str = ""
    notice_bring: str = ""
    host_id: int | None = Field(default=None, foreign_key="member.id")
    host: str = ""
    host_post: str = ""
    host_reason: str = ""
    recorder: str = ""
    minutes: str = ""
    discussion: str = ""
    consensus: str = ""
    record_form_on: str | None = None
    minutes_filed_on: str | None = None
    filed_on: str | None = None
    workbook_on: str | None = None


class EventAgendaRow(SQLModel, table=True):
    """议程: one item, in its place."""

    __tablename__ = "event_agenda"
    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    place: int
    starts_at: str | None = None
    what: str
    who: str = ""


class EventStepRow(SQLModel, table=True):
    """程序: one step that was done, such as the nine of a preset or the four of an appraisal."""

    __tablename__ = "event_step"
    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    name: str
    on_date: str
    person: str = ""
    note: str = ""


class EventRunUpRow(SQLModel, table=True):
    """A meeting that prepared an event (CAL-18)."""

    __tablename__ = "event_run_up"
    event_id: int = Field(primary_key=True, foreign_key="event.id")
    meeting_id: int = Field(primary_key=True, foreign_key="event.id")


class EventDecisionRow(SQLModel, table=True):
    """议决事项: one vote."""

    __tablename__ = "event_decision"
    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    matter: str
    kind: str
    full_members: int
    present: int
    votes_for: int
    votes_against: int
    votes_abstain: int
    note: str = ""


class EventDeductionRow(SQLModel, table=True):
    """Members who do not count as entitled in a vote, and why."""

    __tablename__ = "event_deduction"
    id: int | None = Field(default=None, primary_key=True)
    decision_id: int = Field(foreign_key="event_decision.id")
    heads: int
    reason: str


class EventTickRow(SQLModel, table=True):
    """Standing content of an event, in the words of the rules."""

    __tablename__ = "event_tick"
    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    word: str
    detail: str = ""


class EventMemberTickRow(SQLModel, table=True):
    """Standing content that one member took part in, such as the oath of the joining month (CON-01)."""

    __tablename__ = "event_member_tick"
    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    member_id: int = Field(foreign_key="member.id")
    word: str
    on_date: str


class EventLectureRow(SQLModel, table=True):
    """党课: one lecturer at an event."""

    __tablename__ = "event_lecture"
    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    lecturer: str
    role: str = ""
    title: str = ""


class EventCommentRow(SQLModel, table=True):
    """点评: what one person said of an event (PRO-11)."""

    __tablename__ = "event_comment"
    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    who: str
    role: str = ""
    strengths: str = ""
    weaknesses: str = ""
    direction: str = ""


class EventPictureRow(SQLModel, table=True):
    """A photo or video that lies outside the book (REC-01)."""

    __tablename__ = "event_picture"
    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id")
    kind: str
    file_name: str
    folder: str = ""
    sha256: str
    size: int
    taken_on: str | None = None


class ConstitutionSegmentRow(SQLModel, table=True):
    """A part of the constitution in the reading plan of a year (CON-03)."""

    __tablename__ = "constitution_segment"
    id: int | None = Field(default=None, primary_key=True)
    year: int
    place: int
    title: str


class ConstitutionReadingRow(SQLModel, table=True):
    """A day on which a segment was read."""

    __tablename__ = "constitution_reading"
    id: int | None = Field(default=None, primary_key=True)
    segment_id: int = Field(foreign_key="constitution_segment.id")
    on_date: str
    event_id: int | None = Field(default=None, foreign_key="event.id")


class StudyTopicRow(SQLModel, table=True):
    """学习计划: the topic of a month (CAL-20)."""

    __tablename__ = "study_topic"
    id: int | None = Field(default=None, primary_key=True)
    month: str
    topic: str


class YearlyPlanRow(SQLModel, table=True):
    """A yearly plan by name: when it was made, when filed."""

    __tablename__ = "yearly_plan"
    id: int | None = Field(default=None, primary_key=True)
    year: int
    name: str
    made_on: str | None = None
    filed_on: str | None = None
