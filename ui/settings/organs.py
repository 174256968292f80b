"""机关: in whose name papers are made, where remedy is sought, where fines are paid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from enforcer.operations import office as settled
from enforcer.operations import registers as deeds
from enforcer.queries import office, powers
from enforcer.queries.powers import OrganRow
from ui.context import Context
from ui.failures import in_place
from ui.register_tab import Register, RegisterTab
from ui.widgets.banner import Banner
from ui.widgets.basics import button, hairline, label
from ui.widgets.field import FieldGrid
from ui.widgets.inputs import LineEdit, Tick
from ui.widgets.paged_model import Column

GROUPS = (
    ("", ("name", "credit_code", "phone", "address", "postcode")),
    ("救济途径（决定书必须写明）", ("reconsideration_body", "reconsideration_address", "court")),
    (
        "缴款",
        ("bank_name", "bank_account", "bank_payee", "bank_address", "electronic_payment"),
    ),
    ("其他", ("report_days", "enabled")),
)
HALF = ("bank_name", "bank_account", "bank_payee", "bank_address", "report_days", "enabled")


class OrgansTab(RegisterTab):
    """Organs; one of them speaks where no power source says which (guidance)."""

    def __init__(self, context: Context) -> None:
        self._unit: int | None = None
        super().__init__(
            context,
            Register(
                key="organs",
                title="机关",
                noun="机关",
                columns=(
                    Column("机关名称", lambda row: row.name, 240),
                    Column("咨询电话", lambda row: row.phone, 120),
                    Column("行政复议机关", lambda row: row.reconsideration_body, 140),
                    Column("人民法院", lambda row: row.court, 150),
                    Column(
                        "状态",
                        self._state,
                        90,
                        tone=lambda row: "" if row.enabled else "quiet",
                    ),
                ),
                ids=_organ_ids,
                rows=_organ_rows,
                form=deeds.OrganForm,
                save=deeds.save_organ,
                tables=frozenset({"organ", "setting"}),
                empty="还没有登记机关。登记后，告知书和决定书才有抬头和落款。",
                icon="organ",
                retired="显示已停用的",
            ),
        )

    def _state(self, row: OrganRow) -> str:
        if not row.enabled:
            return "已停用"
        return "默认落款" if row.id == self._unit else "启用"

    def build(self) -> None:
        wide: dict[str, QWidget] = {
            "report_days": LineEdit(placeholder="待机关确认"),
            "enabled": Tick("启用"),
            "reconsideration_body": LineEdit(placeholder="例如：云溪市人民政府"),
            "electronic_payment": LineEdit(placeholder="例如：扫描决定书上的缴款码"),
        }
        hints = {"report_days": "工作日；法律没有写天数"}
        self.fields = {
            name: self.field(
                name,
                wide.get(name) or LineEdit(),
                hint=hints.get(name, ""),
                required=name == "name",
            )
            for _, names in GROUPS
            for name in names
        }
        self.reminder = Banner("warn")
        self.reminder.hide()
        self.default = button("以后没有权力来源的告知都以它落款", link=True, on=self.make_default)
        for heading, names in GROUPS:
            if heading:
                self.column.addWidget(hairline())
                self.column.addWidget(label(heading, "strong"))
            grid = FieldGrid()
            for name in names:
                grid.add(self.fields[name], 1 if name in HALF else 2)
                if name == "reconsideration_body":
                    grid.add(self.reminder, 2)
            self.column.addLayout(grid)
        self.column.addWidget(self.default)
        self.fields["reconsideration_body"].edited.connect(self._remind)

    def starting(self) -> dict[str, Any]:
        return {"enabled": True}

    def values_of(self, row: OrganRow) -> dict[str, Any]:
        days = "" if row.report_days is None else str(row.report_days)
        return super().values_of(row) | {"report_days": days}

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        return values | {"report_days": values["report_days"] or None}

    def shown(self, row: OrganRow | None) -> None:
        self._remind()
        others = row is not None and row.enabled and row.id != self._unit
        self.default.setVisible(others and len(self.table.model.ids) > 1)

    def _remind(self) -> None:
        said = powers.reconsideration_reminder(self.fields["reconsideration_body"].read())
        self.reminder.say("warn", f"{said}（{powers.ARTICLE_24}）" if said else "")

    def make_default(self) -> None:
        """Let this organ speak where no power source says which."""
        context = self.context
        form = settled.UnitForm(request_id=uuid4(), organ_id=self.key)
        context.carry_out(
            settled.choose_unit,
            form,
            lambda _key: self.banner.say("ok", "已设为默认落款机关。"),
            owner=self,
            failed=in_place(self.banner),
        )

    def refresh_choices(self) -> None:
        self.context.tasks.ask(
            lambda store: office.setting(store, settled.UNIT).get("organ_id"),
            self._know_unit,
            owner=self,
            latest="unit",
        )

    def _know_unit(self, organ_id: int | None) -> None:
        self._unit = organ_id
        self.table.model.reload()
        self.shown(self.row)


def _organ_ids(store: Any, words: str, retired: bool) -> list[int]:
    found = powers.organs(store, enabled_only=not retired)
    return [
        one.id
        for one in found
        if all(word in f"{one.name} {one.phone} {one.court}" for word in words.split())
    ]


def _organ_rows(store: Any, ids: Sequence[int]) -> list[OrganRow]:
    known = {one.id: one for one in powers.organs(store)}
    return [known[one] for one in ids if one in known]
