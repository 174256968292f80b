"""公示: each decision for each audience, whether it is shown, its clock, and the two lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.errors import InvalidForm, Level, Refused
from enforcer.operations.editing import read
from enforcer.operations.publication import (
    PublishedForm,
    SettlePublicationForm,
    WithdrawForm,
    record_published,
    settle_publication,
    withdraw_publication,
)
from enforcer.publication_terms import Audience, Withheld
from enforcer.queries import publication as asked
from enforcer.queries import registers
from enforcer.terms import OfficerPost
from ui.context import Context
from ui.register_tab import Register, RegisterTab
from ui.registers import publication_words as say
from ui.registers.publication_words import Listed
from ui.widgets.basics import ActBar, button, hairline, label, set_tone
from ui.widgets.field import Field, FieldGrid
from ui.widgets.inputs import Choice, LineEdit, TextArea
from ui.widgets.moments import DateEdit, show_day
from ui.widgets.paged_model import Column

SETTLING: Final = (
    "wanted",
    "withheld",
    "reason",
    "approver_id",
    "approved_on",
    "valid_until_on",
    "shown_until_on",
    "confirmed",
)
PUBLISHING: Final = ("published_on", "where")
WITHDRAWING: Final = ("withdrawn_on", "words")
CHOOSE: Final = "先在左边选一份决定"


class PublicationTab(RegisterTab):
    """Settle whether a decision is shown, enter that it was, enter that it was taken back."""

    row: Listed | None

    def __init__(self, context: Context) -> None:
        self._wanted: tuple[Audience, str] = (Audience.PUBLIC, "")
        self._tally: Counter[str] = Counter()
        self._moved = False
        self._only_head: int | None = None
        today = context.clock.today
        super().__init__(
            context,
            Register(
                key="publication",
                title="公示",
                noun="处罚决定",
                columns=(
                    Column("决定书文号", lambda one: one.row.number, 222, firm=True),
                    Column("当事人", lambda one: one.row.party_name, 150),
                    Column("决定日期", lambda one: show_day(one.row.decided_on), 100),
                    Column(
                        "状态",
                        lambda one: one.row.state,
                        90,
                        tone=say.state_tone,
                        icon=say.state_icon,
                    ),
                    Column(
                        "期限",
                        lambda one: say.clock_short(one.due, today()),
                        168,
                        spare=True,
                        tone=lambda one: say.clock_words(one.due, today())[1],
                    ),
                    Column("处罚", lambda one: say.kind_words(one.row), 90, spare=True),
                ),
                ids=self._ids,
                rows=_rows,
                form=SettlePublicationForm,
                save=_settle,
                tables=frozenset({"publication", "decision", "remedy", "enforcement_case"}),
                empty="还没有处罚决定。作出决定后，在这里审定是否公开，登记公开和撤回。",
                icon="document",
                may_add=False,
                identity=lambda one: one.key,
            ),
        )
        self.save_button.setText("审定　Ctrl+Enter")
        self.save_button.setAccessibleName("审定是否公开")
        self._lay_out_filters()

    # building

    def build(self) -> None:
        today = self.context.clock.today
        self.heads = Choice([], blank="请选择")
        self.fields = {
            "wanted": self.field(
                "wanted", Choice([(True, "公开"), (False, "不公开")], blank="请选择"), required=True
            ),
            "approved_on": self.field("approved_on", DateEdit(today)),
            "approver_id": self.field("approver_id", self.heads, hint="岗位是负责人的"),
            "withheld": self.field(
                "withheld", Choice([(one, one.label) for one in Withheld], blank="请选择")
            ),
            "reason": self.field("reason", TextArea(lines=2), required=True),
            "valid_until_on": self.field("valid_until_on", DateEdit(today)),
            "shown_until_on": self.field("shown_until_on", DateEdit(today)),
            "confirmed": self.field("confirmed", LineEdit(), hint="核对了什么，随理由存档"),
            **{name: _field(PublishedForm, name, today) for name in PUBLISHING},
            **{name: _field(WithdrawForm, name, today) for name in WITHDRAWING},
        }
        self.facts = label("", wrap=True)
        self.clock = label("", wrap=True)
        self.why_button = button("怎样算的", link=True, on=self._fold_why)
        self.why = label("", "small", wrap=True)
        self.why.hide()
        self.open_case = button("打开案件", "open", link=True, on=self._open_case)
        head = QHBoxLayout()
        head.addWidget(self.facts, 1)
        head.addWidget(self.open_case)
        self.column.addLayout(head)
        running = QHBoxLayout()
        running.addWidget(self.clock, 1)
        running.addWidget(self.why_button)
        self.column.addLayout(running)
        self.column.addWidget(self.why)
        grid = FieldGrid()
        for name in SETTLING:
            wide = name in ("reason", "withheld", "confirmed")
            grid.add(self.fields[name], 2 if wide else 1)
        self.column.addLayout(grid)
        self.publish_button = button("登记公开", keys="F7", on=self.publish)
        self.withdraw_button = button("登记撤回", keys="F8", on=self.withdraw)
        self.publish_acts, self._publishing = self._block(PUBLISHING, self.publish_button)
        self.withdraw_acts, self._withdrawing = self._block(WITHDRAWING, self.withdraw_button)

    def _block(self, names: Sequence[str], act: Any) -> tuple[ActBar, QWidget]:
        """The fields of a further act, shown while it can be taken, and the act with its reason."""
        self.column.addWidget(hairline())
        holder = QWidget()
        fields = QVBoxLayout(holder)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(10)
        for name in names:
            fields.addWidget(self.fields[name])
        acts = ActBar(act)
        self.column.addWidget(holder)
        self.column.addWidget(acts)
        return acts, holder

    def _lay_out_filters(self) -> None:
        self.audience = Choice([(one, one.label) for one in Audience])
        self.audience.setAccessibleName("公开对象")
        self.state = Choice([(one, one) for one in say.STATES], blank="全部状态")
        self.state.setAccessibleName("按状态筛选")
        self.tally = label("", "quiet")
        row = QHBoxLayout()
        row.setContentsMargins(11, 0, 11, 4)
        row.setSpacing(10)
        row.addWidget(self.audience)
        row.addWidget(self.state)
        row.addWidget(self.tally, 1)
        self.left.body.insertLayout(1, row)
        self.setTabOrder(self.search, self.audience)
        self.setTabOrder(self.audience, self.state)
        self.setTabOrder(self.state, self.table.view)
        for one in (self.audience, self.state):
            one.edited.connect(self._narrowed)

    # the list

    def _narrowed(self) -> None:
        self._wanted = (self.audience.read(), self.state.read() or "")
        self._moved = True  # what was just saved may leave the list and stays in the form
        self.refresh()

    def _ids(self, store: Any, words: str, _retired: bool) -> list[str]:
        audience, state = self._wanted
        rows = asked.register(store, audience, search=words)
        clocks = asked.clocks(store, rows)
        today = self.context.clock.today()
        behind = {one.id for one in rows if say.late(clocks.get(one.id), today)}
        tally = Counter(one.state for one in rows)
        tally[say.LATE] = len(behind)
        self._tally = tally
        return [
            say.key_of(one.decision_id, audience)
            for one in rows
            if not state or one.state == state or (state == say.LATE and one.id in behind)
        ]

    def _show_ids(self, ids: Sequence[Any]) -> None:
        super()._show_ids(ids)
        if self.state.read() and not self.search.read():
            self.table.empty.set_sentence(
                f"{self.audience.read().label}没有“{self.state.read()}”的决定。"
            )
        told = [f"{one} {self._tally[one]}" for one in say.STATES[:4] if self._tally[one]]
        self.tally.setText("　".join(told))
        if (self._moved or self.row is None) and self.key not in ids:
            if ids:
                self.open_row(ids[0])
                self.table.select(ids[0])
            else:
                self.binder.flush()
                self._show_new(focus=False)
        self._moved = False

    def refresh_choices(self) -> None:
        self.context.tasks.ask(_heads, self._take_heads, owner=self, latest="heads")

    def _take_heads(self, heads: list[tuple[int, str]]) -> None:
        before = self.heads.read()
        self.heads.set_choices(heads)
        self._only_head = heads[0][0] if len(heads) == 1 else None
        if before is None and self.row is not None and not self.dirty:
            self._show(self.row)

    def select(self, key: Any) -> None:
        """Show one decision; its id alone means the public."""
        found = key if isinstance(key, str) else say.key_of(int(key), Audience.PUBLIC)
        self.state.write(None)
        self.audience.write(say.parts_of(found)[1])
        super().select(found)

    # the form

    def values_of(self, row: Listed) -> dict[str, Any]:
        one, today = row.row, self.context.clock.today()
        return {
            "wanted": one.wanted,
            "withheld": one.withheld,
            "reason": one.reason,
            "approver_id": one.approver_id or self._only_head,
            "approved_on": one.approved_on or today,
            "valid_until_on": one.valid_until_on,
            "shown_until_on": one.shown_until_on,
            "published_on": one.published_on or today,
            "where": one.published_where,
            "withdrawn_on": one.withdrawn_on or today,
            "words": one.withdrawal_words,
        }

    def heading(self, row: Listed) -> str:
        return row.row.number

    def shown(self, row: Listed | None) -> None:
        if row is None:
            self.title.setText("公示")
        self.facts.setText(_facts(row))
        self.open_case.setVisible(row is not None)
        due = row.due if row else None
        words, tone = say.clock_words(due, self.context.clock.today())
        self.clock.setText(f"{due.title}：{words}" if due else "")
        set_tone(self.clock, tone)
        self.why.setText(say.arithmetic(due) if due else "")
        self.why.hide()
        for one in (self.clock, self.why_button):
            one.setVisible(due is not None)
        self.fields["confirmed"].hide()
        self._dress()

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        return self._of(SETTLING, values)

    def _of(self, names: Sequence[str], values: Mapping[str, Any]) -> dict[str, Any]:
        decision, audience = say.parts_of(self.key) if self.row else (0, Audience.PUBLIC)
        taken = {name: values[name] for name in names}
        if taken.get("wanted"):
            taken["withheld"] = None
        return taken | {"decision_id": decision, "audience": audience}

    def check(self, values: dict[str, Any]) -> Mapping[str, str]:
        return super().check(values) if self.row is not None else {}

    @property
    def settling_dirty(self) -> bool:
        """Whether the settling was edited and not saved."""
        now = self.binder.draft()
        return any(now[name] != self._original.get(name) for name in SETTLING)

    def _edited(self) -> None:
        self._dress()
        super()._edited()

    def _dress(self) -> None:
        """Show what belongs to the choice and the audience, and nothing else."""
        row = self.row.row if self.row else None
        wanted = self.fields["wanted"].read()
        self.fields["withheld"].setVisible(wanted is False)
        platform = row is not None and row.audience is Audience.PLATFORM and wanted is not False
        for name in ("valid_until_on", "shown_until_on"):
            self.fields[name].setVisible(platform)
        for name in SETTLING[:4]:
            self.fields[name].setEnabled(row is not None)

    def _offer(self) -> None:
        row = self.row.row if self.row else None
        self.undo_button.setEnabled(row is not None and self.dirty)
        if row is None:
            reasons = (CHOOSE, CHOOSE, CHOOSE)
        else:
            settled = "" if self.settling_dirty or row.wanted is None else "没有改动"
            pending = "审定有改动，先保存" if self.settling_dirty and row.wanted is not None else ""
            reasons = (
                f"已于 {row.withdrawn_on} 撤回" if row.withdrawn_on else settled,
                say.no_publishing(row) or pending,
                say.no_withdrawal(row) or pending,
            )
        self._publishing.setVisible(row is not None and not say.no_publishing(row))
        self._withdrawing.setVisible(row is not None and not say.no_withdrawal(row))
        self.acts.offer(self.save_button, reasons[0])
        self.publish_acts.offer(self.publish_button, reasons[1])
        self.withdraw_acts.offer(self.withdraw_button, reasons[2])

    def _failed(self, error: Exception) -> bool:
        handled = super()._failed(error)
        doubts = isinstance(error, Refused) and all(
            one.level is Level.WARN for one in error.objections
        )
        if doubts:
            self.fields["confirmed"].show()
            self.binder.jump("confirmed")
        return handled

    # further acts

    def publish(self) -> None:
        """Enter that it was published."""
        self._carry_out(PublishedForm, PUBLISHING, record_published, "已登记公开。")

    def withdraw(self) -> None:
        """Enter that it was taken back."""
        self._carry_out(WithdrawForm, WITHDRAWING, withdraw_publication, "已登记撤回。")

    def _carry_out(
        self, kind: type[BaseModel], names: Sequence[str], deed: Callable[..., int], done: str
    ) -> None:
        given = self._of(names, self.binder.values()) | {"request_id": self._request}
        try:
            form = read(kind, given).form
        except InvalidForm as wrong:
            self.binder.show_errors(wrong.by_field)
            return
        context = self.context
        context.carry_out(
            deed, form, lambda _key: self._entered(done), owner=self, failed=self._failed
        )

    def _entered(self, done: str) -> None:
        key = self.key
        self._saved(key, "")
        self.banner.say("ok", done)

    def _fold_why(self) -> None:
        self.why.setVisible(not self.why.isVisibleTo(self))

    def _open_case(self) -> None:
        if self.row is not None:
            self.context.window.open("case", self.row.row.case_id)

    def export_excel(self) -> None:
        """Read a list as it would go out, then write it."""
        from ui.registers.publication_list import PublicationListDialog

        self.list_dialog = PublicationListDialog(self, self.context, self.audience.read())
        self.list_dialog.open()


def _field(form: type[BaseModel], name: str, today: Callable[[], Any]) -> Field:
    dated = name.endswith("_on")
    widget = DateEdit(today) if dated else LineEdit()
    return Field(form.model_fields[name].title or name, widget, required=not dated)


def _settle(store: Any, form: SettlePublicationForm, **given: Any) -> str:
    settle_publication(store, form, **given)
    return say.key_of(form.decision_id, form.audience)


def _rows(store: Any, keys: Sequence[str]) -> list[Listed]:
    """The lines of these keys; a page holds one audience."""
    found: dict[str, Listed] = {}
    for audience in Audience:
        ids = [number for number, known in map(say.parts_of, keys) if known is audience]
        rows = asked.rows(store, audience, ids) if ids else []
        clocks = asked.clocks(store, rows) if rows else {}
        found |= {(one := Listed(row, clocks.get(row.id))).key: one for row in rows}
    return [found[key] for key in keys if key in found]


def _heads(store: Any) -> list[tuple[int, str]]:
    rows = registers.officer_rows(store, registers.officer_ids(store))
    return [(one.id, one.name) for one in rows if one.post is OfficerPost.HEAD]


def _facts(row: Listed | None) -> str:
    if row is None:
        return CHOOSE + "。"
    one = row.row
    said = [
        f"{one.audience.label}：{one.state}",
        f"{one.party_name}　{one.item}",
        f"{show_day(one.decided_on)} 决定　{say.penalty_words(one)}",
    ]
    if one.published_on:
        said.append(f"{show_day(one.published_on)} 公开于 {one.published_where}")
    if one.withdrawn_on:
        said.append(f"{show_day(one.withdrawn_on)} 撤回：{one.withdrawal_words}")
    return "\n".join(said)
