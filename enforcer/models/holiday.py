"""Holiday notices the office has loaded; every clock reads them, so they map alone."""

from sqlmodel import Field, SQLModel

from enforcer.models.base import UUID, json_column, unique_id


class HolidayNotice(SQLModel, table=True):
    """The State Council's notice of one year, beside or in place of the shipped one.

    `festivals` is a list of {"name", "off": [first, last], "working": [days]}, days in ISO form.
    """

    __tablename__ = "holiday_notice"
    id: int | None = Field(default=None, primary_key=True)
    uid: UUID = unique_id()
    year: int = Field(index=True)
    title: str
    number: str
    festivals: list[dict[str, object]] | None = json_column()
    withdrawn: str = ""
