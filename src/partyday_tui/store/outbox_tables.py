"""The tables of the outbox as SQLModel classes; only the test of the schema reads them, the outbox is written as SQL."""

from sqlmodel import Field, SQLModel


class Package(SQLModel, table=True):
    """报送材料: one file that waits, or waited, to be delivered; never changed."""

    __tablename__ = "package"
    id: int | None = Field(default=None, primary_key=True)
    act_id: int = Field(foreign_key="act.id")
    kind: str
    period: str
    title: str
    revision: int
    file_name: str
    sha256: str
    size: int


class Delivery(SQLModel, table=True):
    """What became of a package, each time something did; never changed."""

    __tablename__ = "delivery"
    id: int | None = Field(default=None, primary_key=True)
    act_id: int = Field(foreign_key="act.id")
    package_id: int = Field(foreign_key="package.id")
    result: str
    carrier: str = ""
    to_where: str = ""
    by_whom: str = ""
    on_date: str
    words: str = ""


class DeliveryPlace(SQLModel, table=True):
    """报送到哪里: the one place that is set up; it holds no password."""

    __tablename__ = "delivery_place"
    id: int = Field(default=1, primary_key=True)
    carrier: str
    target: str
    port: int = 0
    security: str = ""
    user_name: str = ""
    sender: str = ""
    recipient: str = ""
