"""执法活动: what was done in the field, which recorders saw it, why there were fewer than two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from PySide6.QtWidgets import QHBoxLayout, QWidget

from enforcer.evidence_terms import ActionKind
from enforcer.operations.editing import labels_of, read
from enforcer.operations.evidence import NameRecordersForm, name_recorders
from enforcer.queries import evidence_actions, periods, registers
from enforcer.queries.evidence_actions import CITE, ActionRow
from ui.context import Context
from ui.failures import in_place
from ui.fresh import Fresh
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, Elided, EmptyState, button, label
from ui.widgets.field import Field
from ui.widgets.form import FormBinder
from ui.widgets.inputs import Choice, LineEdit, TextArea
from ui.widgets.moments import DateEdit, show_day
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import Act, PagedTable

RIGHT = 372
NOTHING = "这段时间没有告知、当场处罚、现场检查或者留置送达。"
NO_HIT = "没有符合条件的，请放宽条件。"
TABLES = frozenset(
    {"notice", "decision", "written_record", "service", "action_recorders", "evidence_use"}
)
SHORT, UNSAID, UNSEEN = "short", "unsaid", "unseen"
FILTERS: Sequence[tuple[Any, str]] = (
    (SHORT, "不足两台"),
    (UNSAID, "不足两台、没写原因"),
    (UNSEEN, "还没有录像"),
)
_FROZEN = (ActionKind.NOTICE, ActionKind.DECISION)
Key = tuple[ActionKind, int]


class ActionsTab(QWidget):
    """The actions of a span of days; what is missing for one is entered at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.rows: dict[Key, ActionRow] = {}
        self.row: ActionRow | None = None
        self._request = uuid4()
        today = context.clock.today
        self.first, self.last = DateEdit(today), DateEdit(today)
        self.first.setAccessibleName("日期自")
        self.last.setAccessibleName("日期至")
        self.first.write(periods.quarter_of(today()).first)
        self.last.write(today())
        self.kind = Choice(
            [(one, one.label) for one in ActionKind if one is not ActionKind.CASE], blank="全部事项"
        )
        self.kind.setAccessibleName("事项")
        self.narrow = Choice(FILTERS, blank="全部")
        self.narrow.setAccessibleName("只看")
        self.empty = EmptyState(NOTHING, icon="recorder")
        self.table = PagedTable(
            "evidence-actions",
            (
                Column("日期", lambda row: show_day(row.on), 114),
                Column("事项", lambda row: row.title, 290, tip=lambda row: row.title),
                Column("执法人员", lambda row: "、".join(row.officers), 120, spare=True),
                Column("执法仪", _recorders, 168, tone=_tone, icon=_icon),
                Column("录像", lambda row: str(row.files) if row.files else "没有", 60,
                       right=True, tone=lambda row: "" if row.files else "warn"),
                Column("不足两台的原因", lambda row: row.reason, 96),
            ),
            lambda keys: [self.rows[one] for one in keys if one in self.rows],
            title="执法活动",
            empty=self.empty,
            key=_key,
            acts=(
                Act("登记执法仪、写明原因", lambda _ids: self.edit(), "edit", single=True),
                Act("打开这件事", lambda ids: self._open(ids[0]), "open", single=True),
            ),
        )  # fmt: skip
        self.counts = Elided()
        self._make_form()
        self._lay_out()
        for one in (self.first, self.last, self.kind, self.narrow):
            one.edited.connect(self.refresh)
        self.table.selected.connect(self._selected)
        self.table.opened.connect(lambda _key: self.edit())
        self.table.selection_told.connect(context.window.tell_selection)
        self.fresh = Fresh(self, context, TABLES, self.refresh)
        self.setFocusProxy(self.table)
        self._show_row(None)
        self.refresh()

    def _make_form(self) -> None:
        labels = labels_of(NameRecordersForm)
        self.banner = Banner()
        self.banner.hide()
        self.fields = {
            "recorders": Field(
                labels["recorders"],
                LineEdit(placeholder="0700001、0700002"),
                hint="设备编号，用顿号分开",
            ),
            "reason": Field(labels["reason"], TextArea(lines=3, limit=200)),
        }
        for name, one in self.fields.items():
            one.editor.setObjectName(f"action_{name}")
        self.binder = FormBinder(self.fields, parent=self)
        self.act = button("保存", main=True, keys="Ctrl+Enter", on=self.save)
        self.acts = ActBar(self.act)
        self.binder.submitted.connect(self.act.setFocus)

    def _lay_out(self) -> None:
        filters = QHBoxLayout()
        filters.setContentsMargins(11, 4, 11, 2)
        filters.setSpacing(8)
        for one in (self.first, self.last, self.kind, self.narrow):
            one.setMinimumWidth(136)
            filters.addWidget(one, 1)
        filters.addWidget(self.counts, 2)
        card = Card(tight=True, spacing=4)
        card.body.addLayout(filters)
        card.body.addWidget(self.table, 1)
        self.title = label("", "section", wrap=True)
        self.facts = label("", "quiet", wrap=True)
        right = Card(spacing=10)
        right.setFixedWidth(RIGHT)
        right.body.addWidget(self.title)
        right.body.addWidget(self.facts)
        right.body.addWidget(self.banner)
        for field in self.fields.values():
            right.body.addWidget(field)
        right.body.addStretch(1)
        right.body.addWidget(self.acts)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addWidget(card, 1)
        columns.addWidget(right)

    # the list

    def refresh(self) -> None:
        """Ask again for the actions of these days."""
        self.fresh.asked()
        first, last = self.first.read(), self.last.read()
        if first is None or last is None:
            return
        self.context.tasks.ask(
            lambda store: (
                evidence_actions.actions(store, first, last),
                registers.recorder_rows(store, registers.recorder_ids(store)),
            ),
            self._show,
            owner=self,
            latest="actions",
        )

    def _show(self, answer: tuple[list[ActionRow], Any]) -> None:
        found, recorders = answer
        self._known = {one.number for one in recorders}
        self.rows = {_key(one): one for one in reversed(found)}
        short = [one for one in found if one.short]
        unsaid = sum(not one.reason for one in short)
        parts = [f"共 {len(found)} 次"]
        if short:
            parts.append(f"不足两台 {len(short)} 次")
        if unsaid:
            parts.append(f"没写原因 {unsaid} 次")
        self.counts.setText("　".join(parts))
        wanted, kind = self.narrow.read(), self.kind.read()
        keys = [
            key
            for key, one in self.rows.items()
            if (kind is None or one.action is kind) and _wanted(one, wanted)
        ]
        self.empty.set_sentence(NOTHING if not found else NO_HIT)
        self.table.show_ids(keys)
        kept = _key(self.row) if self.row else None
        if kept in self.rows and kept in keys:
            self.row = self.rows[kept]

    def _selected(self, keys: list[Key]) -> None:
        one = self.rows.get(keys[0]) if len(keys) == 1 else None
        if one is None or self.row is None or _key(one) != _key(self.row):
            self._show_row(one)

    def _show_row(self, row: ActionRow | None) -> None:
        self.row = row
        self._request = uuid4()
        self.banner.say("info", "")
        self.binder.clear()
        frozen = row is not None and row.action in _FROZEN
        for field in self.fields.values():
            field.setVisible(row is not None)
            field.widget.setEnabled(not frozen)
        if row is None:
            self.title.setText("没有选中事项")
            self.facts.setText("选一件事，看它登记了哪些执法仪；不足两台的写明原因。")
            self.acts.offer(self.act, "先在列表中选一件事")
            return
        self.title.setText(row.title)
        seen = f"录像 {row.files} 个" if row.files else "还没有归入录像"
        self.facts.setText(f"{show_day(row.on)}　{'、'.join(row.officers)}　{seen}")
        self.binder.set_values({"recorders": "、".join(row.recorders), "reason": row.reason})
        if row.short:
            self.banner.say("warn", f"{row.say}（{CITE}）" if not row.reason else row.say)
        why = f"{row.action.label}的执法仪在签发时已经登记，不能另行登记" if frozen else ""
        self.acts.offer(self.act, why)

    def edit(self) -> None:
        """F2: into the form of the action selected."""
        if self.row is None or self.row.action in _FROZEN:
            return
        missing = "reason" if len(set(self.row.recorders)) == 1 else "recorders"
        self.fields[missing].editor.setFocus()

    def _open(self, key: Key) -> None:
        row = self.rows[key]
        if row.action is ActionKind.NOTICE:
            self.context.window.open("notice", row.action_id)
        elif row.case_id is not None:
            self.context.window.open("case", row.case_id)

    # saving

    def save(self) -> None:
        """Name the recorders; too few need their reason."""
        row = self.row
        if row is None or not self.act.isEnabled() or not self.binder.ready():
            return
        given = {
            "request_id": self._request,
            "action": row.action,
            "action_id": row.action_id,
            "recorders": _split(self.fields["recorders"].read()),
            "reason": self.fields["reason"].read(),
        }
        unknown = [one for one in given["recorders"] if one not in self._known]
        if unknown:
            self.fields["recorders"].set_error(
                f"执法仪台账里没有 {'、'.join(unknown)}，请核对编号。"
            )
            self.fields["recorders"].editor.setFocus()
            return
        context = self.context
        context.carry_out(
            name_recorders,
            lambda: read(NameRecordersForm, given).form,
            self._saved,
            owner=self,
            failed=in_place(self.banner, self.binder),
        )

    def _saved(self, _kept: int) -> None:
        self.context.window.message("ok", "执法仪使用情况已登记，季度报表按此统计。")
        kept = self.row
        self.row = None
        self.refresh()
        if kept is not None:
            self.table.select(_key(kept))
            self._show_row(self.rows.get(_key(kept)))
        self.table.setFocus()


def _key(row: ActionRow) -> Key:
    return row.action, row.action_id


def _split(text: str) -> tuple[str, ...]:
    for sign in "，,；; ":
        text = text.replace(sign, "、")
    return tuple(dict.fromkeys(one.strip() for one in text.split("、") if one.strip()))


def _recorders(row: ActionRow) -> str:
    return "、".join(row.recorders) or "没有登记"


def _tone(row: ActionRow) -> str:
    if not row.short:
        return "ok"
    return "warn" if row.reason else "bad"


def _icon(row: ActionRow) -> str:
    return _tone(row)


def _wanted(row: ActionRow, wanted: Any) -> bool:
    if wanted == SHORT:
        return row.short
    if wanted == UNSAID:
        return row.short and not row.reason
    return wanted != UNSEEN or not row.files
