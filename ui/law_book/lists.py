"""三张清单: 不予、减轻、从轻 as the office has published them (行政处罚法 第三十二、三十三条)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from enforcer.operations import law_book as deeds
from enforcer.operations import law_editing
from enforcer.queries import law_book as asked
from enforcer.queries.law_book import ListEntry
from enforcer.queries.law_touch import LISTS, Change
from enforcer.terms import ListCategory
from ui.context import Context
from ui.law_book import words
from ui.law_book.law_tab import RETIRED, LawTab
from ui.law_book.options import WordsOf, items_on, key_of, title_of
from ui.register_tab import Register
from ui.widgets.basics import label
from ui.widgets.field import FieldGrid
from ui.widgets.inputs import Choice, LineEdit, TextArea
from ui.widgets.moments import DateEdit, show_day
from ui.widgets.paged_model import Column

HALF = {"category", "span", "organ", "document_number", "from_on", "until_on"}
ARTICLES = {
    ListCategory.MINOR: "《行政处罚法》第三十三条第一款",
    ListCategory.FIRST_VIOLATION: "《行政处罚法》第三十三条第一款",
    ListCategory.NO_FAULT: "《行政处罚法》第三十三条第二款",
}
MEASURES = ("说服教育", "签订承诺书", "行政建议", "行政回访", "约谈")


class ListsTab(LawTab):
    """Rows of the lists; each refines a circumstance of the statute, for one item."""

    kind = LISTS

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            Register(
                key="lists",
                title="三张清单",
                noun="清单事项",
                columns=(
                    Column("类别", lambda row: row.row.category.label, 98),
                    Column("事项", lambda row: row.row.item, 184, tip=lambda row: row.row.item),
                    Column("适用条件", conditions_of, 154, tip=conditions_of),
                    Column("清单", lambda row: row.row.document_number, 148, tip=document_of),
                    Column("施行", lambda row: show_day(row.row.from_on), 106),
                    words.standing_column(lambda: self.day, lambda row: row.row),
                ),
                ids=self._ids,
                rows=_rows,
                form=deeds.ListRowForm,
                save=deeds.save_list_row,
                tables=frozenset({"list_row"}),
                empty="还没有录入清单。没有清单，不予、减轻、从轻只按法律规定的情形逐案审查。",
                icon="document",
                retired=RETIRED,
            ),
        )

    def _ids(self, store: Any, typed: str, retired: bool) -> list[int]:
        return [
            one.id
            for one in asked.list_entries(store, withdrawn=retired)
            if (retired or not words.ended(one.row, self.day))
            and words.holds(
                typed,
                one.row.category.label,
                one.row.item,
                conditions_of(one),
                document_of(one),
                one.row.basis,
            )
        ]

    def build(self) -> None:
        today = self.context.clock.today
        titles = [one.title for one in items_on(today())]
        self.known = label("", "small", wrap=True)
        self.fields = {
            "category": self.field("category", Choice([(one, one.label) for one in ListCategory])),
            "span": self.field("span", LineEdit(placeholder="不予处罚")),
            "item": self.field(
                "item", WordsOf(titles, placeholder="案由，或者清单里的原话"), required=True
            ),
            "conditions": self.field(
                "conditions",
                TextArea(lines=4, placeholder="初次被发现\n在责令的时间内改正"),
                hint="一行一项，办案时逐项勾选",
                required=True,
            ),
            "basis": self.field(
                "basis", LineEdit(placeholder="《行政处罚法》第三十三条第一款"), required=True
            ),
            "breached_basis": self.field("breached_basis", LineEdit(placeholder="《名称》第×条")),
            "penalty_basis": self.field("penalty_basis", LineEdit(placeholder="《名称》第×条")),
            "measures": self.field(
                "measures", LineEdit(placeholder="、".join(MEASURES[:4])), hint="用顿号隔开"
            ),
            "document": self.field("document", LineEdit(), required=True),
            "document_number": self.field("document_number", LineEdit(), required=True),
            "organ": self.field("organ", LineEdit()),
            "from_on": self.field("from_on", DateEdit(today), required=True),
            "until_on": self.field("until_on", DateEdit(today), hint="现行的留空"),
            "note": self.field("note", TextArea(lines=2)),
        }
        grid = FieldGrid()
        for name, field in self.fields.items():
            grid.add(field, 1 if name in HALF else 2)
            if name == "item":
                grid.add(self.known, 2)
        self.column.addLayout(grid)
        self.add_withdraw()
        self.fields["item"].edited.connect(self._tell_item)
        self.fields["category"].edited.connect(self._offer_article)

    def starting(self) -> dict[str, Any]:
        return {"category": ListCategory.MINOR, "basis": ARTICLES[ListCategory.MINOR]}

    def values_of(self, row: ListEntry) -> dict[str, Any]:
        one = row.row
        return {name: getattr(one, name) for name in self.fields if hasattr(one, name)} | {
            "conditions": "\n".join(each.text for each in one.conditions),
            "measures": "、".join(one.measures),
        }

    def further(self, form: Any) -> Mapping[str, str]:
        wrong = law_editing.dates(form.from_on, form.until_on)
        wrong |= law_editing.condition_faults(form.conditions)
        wrong |= law_editing.cite_faults("basis", form.basis, form.from_on)
        for name in ("breached_basis", "penalty_basis"):
            text = getattr(form, name)
            wrong |= law_editing.cite_faults(name, text, form.from_on, needed=False)
        return wrong

    def heading(self, row: ListEntry) -> str:
        return f"{row.row.category.label}　{row.row.item}"

    def shown(self, row: ListEntry | None) -> None:
        del row
        self._tell_item()

    def _day(self) -> date:
        typed: date | None = self.fields["from_on"].read()
        return typed or self.context.clock.today()

    def _tell_item(self) -> None:
        """Whether the words name an item of the catalogue, so that cases will find the row."""
        typed = self.fields["item"].read()
        key = key_of(typed, self._day())
        if key:
            said = f"违法行为清单里的“{title_of(key, self._day())}”，办案时会自动带出。"
        else:
            said = "不在违法行为清单里：按文字保留，办案时不会自动带出。" if typed else ""
        self.known.setText(said)
        self.known.setVisible(bool(said))

    def _offer_article(self) -> None:
        """The article that goes with a list stands ready until another is typed."""
        typed = self.fields["basis"].read()
        if self.row is None and typed in ("", *ARTICLES.values()):
            self.binder.set_values({"basis": ARTICLES.get(self.fields["category"].read(), "")})

    def change(self, values: dict[str, Any]) -> Change | None:
        day = values["from_on"] or self.context.clock.today()
        key = key_of(values["item"], day)
        if not key and not values["document"]:
            return None
        return Change(
            self.kind,
            item_key=key,
            document=values["document"],
            from_on=values["from_on"],
            until_on=values["until_on"],
            own=self.own_id,
        )


def conditions_of(row: ListEntry) -> str:
    """The conditions in one line."""
    return "；".join(one.text for one in row.row.conditions)


def document_of(row: ListEntry) -> str:
    """《…清单》（文号）."""
    return f"《{row.row.document}》（{row.row.document_number}）"


def _rows(store: Any, ids: Sequence[int]) -> list[ListEntry]:
    known = {one.id: one for one in asked.list_entries(store, withdrawn=True)}
    return [known[one] for one in ids if one in known]
