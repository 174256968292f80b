"""权力来源与事项: the document behind each power, the organ that acts by it, the items it covers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from enforcer.law import catalogue
from enforcer.operations import registers as deeds
from enforcer.queries import powers as asked
from enforcer.queries.powers import OrganRow, PowerSourceRow
from enforcer.terms import PowerKind
from ui.context import Context
from ui.register_tab import Register, RegisterTab
from ui.settings.item_list import ItemList
from ui.widgets.basics import label
from ui.widgets.field import FieldGrid
from ui.widgets.inputs import Choice, LineEdit, TextArea
from ui.widgets.moments import DateEdit, show_day
from ui.widgets.paged_model import Column
from ui.widgets.pickers import Option

SOON_DAYS = 60
EXPLAINED = {
    PowerKind.OWN: "法律、法规直接规定由本机关行使（行政处罚法第十七条）。",
    PowerKind.CONCENTRATED: "国务院或者省级人民政府决定集中行使（行政处罚法第十八条）。",
    PowerKind.CONFERRED: "省级决定交给乡镇、街道，以自己的名义行使（行政处罚法第二十四条）。",
    PowerKind.ENTRUSTED: "书面委托：文书一律以委托机关名义作出，受委托单位只出现在承办栏，"
    "到期即停止（行政处罚法第二十条）。",
}


class PowersTab(RegisterTab):
    """Power sources; without one in force an item can only be persuaded or handed over."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            Register(
                key="powers",
                title="权力来源",
                noun="权力来源",
                columns=(
                    Column("来源", lambda row: row.kind.label, 95),
                    Column("依据文件", lambda row: row.document, 210, tip=lambda row: row.document),
                    Column("行使机关", lambda row: row.organ_name, 160, spare=True),
                    Column("承办", lambda row: row.handled_by, 150, spare=True),
                    Column("事项", lambda row: str(len(row.items)), 60, right=True),
                    Column(
                        "有效期至",
                        lambda row: show_day(row.valid_until) or "长期",
                        110,
                        tone=self._tone,
                        icon=lambda row: {"bad": "bad", "warn": "warn"}.get(self._tone(row), ""),
                    ),
                ),
                ids=_source_ids,
                rows=_source_rows,
                form=deeds.PowerSourceForm,
                save=deeds.save_power_source,
                tables=frozenset({"power_source", "item_power", "organ"}),
                empty="还没有登记权力来源。没有依据的处罚无效，登记后才能出处罚文书。",
                icon="law_book",
            ),
        )

    def _tone(self, row: PowerSourceRow) -> str:
        today = self.context.clock.today()
        if not row.valid_on(today):
            return "bad"
        left = (row.valid_until - today).days if row.valid_until else SOON_DAYS + 1
        return "warn" if left <= SOON_DAYS else ""

    def build(self) -> None:
        today = self.context.clock.today
        self.items = ItemList()
        self.items.set_options(
            [
                Option(one.key, f"{one.number}　{one.title}", one.group, one.words)
                for one in catalogue.items(today())
            ]
        )
        self.organ = Choice()
        self.explained = label("", "small", wrap=True)
        self.fields = {
            "kind": self.field("kind", Choice([(one, one.label) for one in PowerKind])),
            "organ_id": self.field("organ_id", self.organ),
            "handled_by": self.field("handled_by", LineEdit()),
            "document_title": self.field("document_title", LineEdit(), required=True),
            "document_number": self.field("document_number", LineEdit()),
            "valid_from": self.field("valid_from", DateEdit(today), required=True),
            "valid_until": self.field("valid_until", DateEdit(today), hint="长期的留空"),
            "items": self.field("items", self.items),
            "note": self.field("note", TextArea(lines=2)),
        }
        grid = FieldGrid()
        grid.add(self.fields["kind"], 2)
        grid.add(self.explained, 2)
        grid.add(self.fields["organ_id"], 2)
        for name in ("handled_by", "document_title", "document_number"):
            grid.add(self.fields[name], 2)
        grid.add(self.fields["valid_from"])
        grid.add(self.fields["valid_until"])
        for name in ("items", "note"):
            grid.add(self.fields[name], 2)
        self.column.addLayout(grid)
        self.fields["kind"].edited.connect(self._explain)

    def starting(self) -> dict[str, Any]:
        return {
            "kind": PowerKind.OWN,
            "organ_id": self.organ._values[0] if self.organ.count() else None,
        }

    def heading(self, row: PowerSourceRow) -> str:
        return row.document

    def shown(self, row: PowerSourceRow | None) -> None:
        del row
        self._explain()

    def _explain(self) -> None:
        kind = self.fields["kind"].read()
        self.explained.setText(EXPLAINED.get(kind, ""))
        entrusted = kind is PowerKind.ENTRUSTED
        self.fields["handled_by"].set_hint("必填" if entrusted else "没有的留空")
        self.fields["valid_until"].set_hint("必填" if entrusted else "长期的留空")

    def refresh_choices(self) -> None:
        self.context.tasks.ask(
            lambda store: asked.organs(store, enabled_only=True),
            self._offer_organs,
            owner=self,
            latest="organs",
        )

    def _offer_organs(self, rows: Sequence[OrganRow]) -> None:
        self.organ.set_choices([(one.id, one.name) for one in rows])
        self.await_choice("organ_id")
        if self.row is None and self.organ.read() is None and rows:
            self.binder.set_values({"organ_id": rows[0].id})
            self._original = self.binder.draft()
            self._offer()


def _source_ids(store: Any, words: str, _retired: bool) -> list[int]:
    return [
        one.id
        for one in asked.power_sources(store)
        if all(
            word in f"{one.kind.label} {one.document} {one.organ_name} {one.handled_by}"
            for word in words.split()
        )
    ]


def _source_rows(store: Any, ids: Sequence[int]) -> list[PowerSourceRow]:
    known = {one.id: one for one in asked.power_sources(store)}
    return [known[one] for one in ids if one in known]
