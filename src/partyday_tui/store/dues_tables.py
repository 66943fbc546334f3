"""The tables of the dues as SQLModel classes; only the test of the schema reads them, the ledger is written as SQL."""

from sqlmodel import Field, SQLModel


class DuesAssessment(SQLModel, table=True):
    """党费核定: one dated decision on what a member pays; never changed."""

    __tablename__ = "dues_assessment"
    id: int | None = Field(default=None, primary_key=True)
    act_id: int = Field(foreign_key="act.id")
    member_id: int = Field(foreign_key="member.id")
    member_name: str
    year: int
    valid_from: str
    category: str
    base_fen: int | None = None
    rate: int | None = None
    by_table_fen: int
    monthly_fen: int
    notice: str
    reason: str = ""
    approved_on: str | None = None
    approved_by: str = ""
    relief: str = ""
    relief_document: str = ""
    relief_by: str = ""
    relief_on: str | None = None


class DuesBasePart(SQLModel, table=True):
    """What counts in an assessment's base, and what is taken off or left out."""

    __tablename__ = "dues_base_part"
    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="dues_assessment.id")
    name: str
    effect: str
    amount_fen: int


class DuesTerm(SQLModel, table=True):
    """First and last month of dues set by hand."""

    __tablename__ = "dues_term"
    id: int | None = Field(default=None, primary_key=True)
    act_id: int = Field(foreign_key="act.id")
    member_id: int = Field(foreign_key="member.id")
    first_month: str | None = None
    last_month: str | None = None
    reason: str


class DuesAway(SQLModel, table=True):
    """Months in which a floating member pays elsewhere; of the rows with one first month the latest holds."""

    __tablename__ = "dues_away"
    id: int | None = Field(default=None, primary_key=True)
    act_id: int = Field(foreign_key="act.id")
    member_id: int = Field(foreign_key="member.id")
    first_month: str
    last_month: str | None = None
    place: str
    withdrawn: bool = False


class DuesEntry(SQLModel, table=True):
    """党费台账: one entry or reversal; never changed."""

    __tablename__ = "dues_entry"
    id: int | None = Field(default=None, primary_key=True)
    act_id: int = Field(foreign_key="act.id")
    request_key: str
    kind: str
    amount_fen: int
    month: str | None = None
    on_date: str
    member_id: int | None = Field(default=None, foreign_key="member.id")
    member_name: str = ""
    due_fen: int | None = None
    method: str
    payer: str = ""
    taken_by: str = ""
    receipt_no: str = ""
    note: str = ""
    reverses: int | None = Field(default=None, foreign_key="dues_entry.id")
    entered_at: str
    chain: str


class DuesReceipt(SQLModel, table=True):
    """The number of a hand-over's receipt that came later; the latest holds."""

    __tablename__ = "dues_receipt"
    id: int | None = Field(default=None, primary_key=True)
    act_id: int = Field(foreign_key="act.id")
    entry_id: int = Field(foreign_key="dues_entry.id")
    receipt_no: str


class DuesMonthClose(SQLModel, table=True):
    """月结 of dues."""

    __tablename__ = "dues_month_close"
    id: int | None = Field(default=None, primary_key=True)
    act_id: int = Field(foreign_key="act.id")
    month: str
    closed_on: str
    through: str
    ledger_fen: int
    counted_fen: int | None = None
    difference_reason: str = ""
    head_id: int
    head_chain: str


class DuesCloseRow(SQLModel, table=True):
    """How a member stood at a month's close."""

    __tablename__ = "dues_close_row"
    id: int | None = Field(default=None, primary_key=True)
    close_id: int = Field(foreign_key="dues_month_close.id")
    member_id: int = Field(foreign_key="member.id")
    member_name: str
    state: str
    due_fen: int | None = None
    paid_fen: int
    reason: str = ""


class DuesCloseNote(SQLModel, table=True):
    """What is noted of a member while a month is not closed yet; the latest one holds, an empty state takes it back."""

    __tablename__ = "dues_close_note"
    id: int | None = Field(default=None, primary_key=True)
    act_id: int = Field(foreign_key="act.id")
    month: str
    member_id: int = Field(foreign_key="member.id")
    state: str
    reason: str = ""


class DuesPublication(SQLModel, table=True):
    """党费公示: when a year's figures were shown."""

    __tablename__ = "dues_publication"
    id: int | None = Field(default=None, primary_key=True)
    act_id: int = Field(foreign_key="act.id")
    year: int
    published_on: str
    place: str = ""
    collected_fen: int
    remitted_fen: int
