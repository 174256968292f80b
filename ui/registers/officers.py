"""人员与证件: officers in office, their certificates, who left."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from enforcer.operations import registers as deeds
from enforcer.queries import registers as asked
from enforcer.queries.registers import CertificateRow, OfficerRow
from enforcer.terms import OfficerPost
from ui.context import Context
from ui.register_tab import Register, RegisterTab
from ui.widgets.basics import button, hairline, label
from ui.widgets.field import FieldGrid
from ui.widgets.inputs import Choice, LineEdit, TextArea, Tick
from ui.widgets.moments import DateEdit, show_day
from ui.widgets.paged_model import Column

SOON_DAYS = 60


class OfficersTab(RegisterTab):
    """Officers; the form shows the certificate that lasts longest, the others below it."""

    def __init__(self, context: Context) -> None:
        self._certificate_id: int | None = None
        today = context.clock.today

        def state(row: OfficerRow) -> tuple[str, str, str]:
            return certificate_state(
                row, (row.certificate.valid_until - today()).days if row.certificate else None
            )

        columns = (
            Column("姓名", lambda row: row.name, 100),
            Column("岗位", lambda row: row.post.label, 90),
            Column("执法证号", lambda row: row.certificate.number if row.certificate else "", 130),
            Column(
                "有效期至",
                lambda row: show_day(row.certificate.valid_until) if row.certificate else "",
                110,
            ),
            Column(
                "证件",
                lambda row: state(row)[0],
                150,
                tone=lambda row: state(row)[1],
                icon=lambda row: state(row)[2],
            ),
            Column("执法仪", lambda row: row.recorder, 100, spare=True),
        )
        super().__init__(
            context,
            Register(
                key="officers",
                title="人员与证件",
                noun="执法人员",
                columns=columns,
                ids=lambda store, words, retired: asked.officer_ids(
                    store, search=words, retired=retired
                ),
                rows=asked.officer_rows,
                form=deeds.OfficerForm,
                save=deeds.save_officer,
                tables=frozenset({"officer", "certificate", "recorder"}),
                empty="还没有登记执法人员。登记后才能签发告知书和决定书。",
                icon="people",
                retired="显示已离岗的",
                ledger="officers",
            ),
        )

    def build(self) -> None:
        today = self.context.clock.today
        self.fields = {
            "name": self.field("name", LineEdit(), required=True),
            "post": self.field("post", Choice([(one, one.label) for one in OfficerPost])),
            "phone": self.field("phone", LineEdit()),
            "active": self.field("active", self._tick()),
            "certificate_number": self.field("certificate_number", LineEdit()),
            "certificate_issued_on": self.field("certificate_issued_on", DateEdit(today)),
            "certificate_valid_until": self.field("certificate_valid_until", DateEdit(today)),
            "certificate_issuer": self.field("certificate_issuer", LineEdit()),
            "note": self.field("note", TextArea(lines=2)),
        }
        grid = FieldGrid()
        for name in ("name", "post"):
            grid.add(self.fields[name])
        grid.add(self.fields["phone"])
        grid.add(self.fields["active"])
        self.column.addLayout(grid)
        self.column.addWidget(hairline())
        head = QHBoxLayout()
        head.addWidget(label("执法证件", "strong"), 1)
        self.renew = button("换发新证", link=True, on=self.start_renewal)
        head.addWidget(self.renew)
        self.column.addLayout(head)
        papers = FieldGrid()
        papers.add(self.fields["certificate_number"], 2)
        papers.add(self.fields["certificate_issued_on"])
        papers.add(self.fields["certificate_valid_until"])
        papers.add(self.fields["certificate_issuer"], 2)
        self.column.addLayout(papers)
        self.earlier = label("", "small", wrap=True)
        self.column.addWidget(self.earlier)
        self.column.addWidget(self.fields["note"])

    def _tick(self) -> Tick:
        made = Tick("在岗")
        made.setToolTip("离岗的不删除：以前的文书还要查到这个人，只是不再列出、不能再执法。")
        return made

    def starting(self) -> dict[str, Any]:
        return {"post": OfficerPost.OFFICER, "active": True}

    def values_of(self, row: OfficerRow) -> dict[str, Any]:
        values = {name: getattr(row, name) for name in ("name", "post", "phone", "active", "note")}
        return values | _shown(row.certificate)

    def shown(self, row: OfficerRow | None) -> None:
        held = row.certificates if row else ()
        self._certificate_id = held[0].id if held else None
        self.renew.setVisible(bool(held))
        self._tell_earlier(held[1:])

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        return values | {"certificate_id": self._certificate_id}

    def start_renewal(self) -> None:
        """Empty the certificate's fields for a new one; the old one is kept."""
        if self.row is None or self._certificate_id is None:
            return
        self._certificate_id = None
        self.binder.set_values(_shown(None) | {"certificate_issuer": self.row.certificate.issuer})
        self._tell_earlier(self.row.certificates)
        self.renew.hide()
        self.fields["certificate_number"].editor.setFocus()
        self._edited()

    def _tell_earlier(self, held: tuple[CertificateRow, ...]) -> None:
        said = [f"{one.number}（至 {show_day(one.valid_until)}）" for one in held]
        self.earlier.setText(f"以前的证件：{'、'.join(said)}" if said else "")
        self.earlier.setVisible(bool(said))


def _shown(one: CertificateRow | None) -> dict[str, Any]:
    return {
        "certificate_number": one.number if one else "",
        "certificate_issued_on": one.issued_on if one else None,
        "certificate_valid_until": one.valid_until if one else None,
        "certificate_issuer": one.issuer if one else "",
    }


def certificate_state(row: OfficerRow, days_left: int | None) -> tuple[str, str, str]:
    """Words, tone and icon for where an officer's certificate stands."""
    if not row.active:
        return "已离岗", "quiet", ""
    if days_left is None:
        return "没有证件", "warn", "warn"
    if days_left < 0:
        return f"已过期 {-days_left} 天", "bad", "bad"
    if days_left <= SOON_DAYS:
        return f"还有 {days_left} 天到期", "warn", "warn"
    return "有效", "ok", "ok"
