"""The tables of reviews and appraisals as SQLModel classes; a test holds them equal to the migrations."""

from sqlmodel import Field, SQLModel


class ReviewRow(SQLModel, table=True):
    """主题测评: the review of one event."""

    __tablename__ = "review"
    event_id: int = Field(primary_key=True, foreign_key="event.id")
    on_date: str
    remarks: str = ""
    group_note: str = ""
    best_case: int = 0


class ReviewBallotsRow(SQLModel, table=True):
    """The ballots of one class of voters in a review."""

    __tablename__ = "review_ballots"
    event_id: int = Field(primary_key=True, foreign_key="review.event_id")
    voter: str = Field(primary_key=True)
    given: int
    returned: int
    void: int


class ReviewCountRow(SQLModel, table=True):
    """What one class of voters said of one dimension, as counts."""

    __tablename__ = "review_count"
    event_id: int = Field(primary_key=True, foreign_key="review.event_id")
    voter: str = Field(primary_key=True)
    dimension: str = Field(primary_key=True)
    number: int
    satisfied: int
    fairly: int
    dissatisfied: int
    abstained: int


class AppraisalRow(SQLModel, table=True):
    """民主评议: the appraisal of a year, and the event at which it is held."""

    __tablename__ = "appraisal"
    year: int = Field(primary_key=True)
    event_id: int = Field(foreign_key="event.id")


class AppraisalBallotsRow(SQLModel, table=True):
    """The ballots of one class of voters in an appraisal."""

    __tablename__ = "appraisal_ballots"
    year: int = Field(primary_key=True, foreign_key="appraisal.year")
    voter: str = Field(primary_key=True)
    given: int
    returned: int
    void: int


class AppraisalCountRow(SQLModel, table=True):
    """What one class of voters said of one member, as counts."""

    __tablename__ = "appraisal_count"
    year: int = Field(primary_key=True, foreign_key="appraisal.year")
    voter: str = Field(primary_key=True)
    member_id: int = Field(primary_key=True, foreign_key="member.id")
    excellent: int
    qualified: int
    basic: int
    unqualified: int
    abstained: int


class AppraisalMemberRow(SQLModel, table=True):
    """One member in an appraisal, as they were on its day, with what the branch decided."""

    __tablename__ = "appraisal_member"
    year: int = Field(primary_key=True, foreign_key="appraisal.year")
    member_id: int = Field(primary_key=True, foreign_key="member.id")
    name: str
    kind: str
    group_name: str = ""
    post: str = ""
    grade: str = ""
    reason: str = ""
    absence: str = ""
    note: str = ""
