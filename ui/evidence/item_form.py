"""登记证据: the form of one line of a case's 证据清单, beside the player or in a window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer.errors import InvalidForm
from enforcer.evidence_terms import EvidenceKind, MediaKind
from enforcer.operations import evidence as deeds
from enforcer.operations.editing import labels_of, read
from enforcer.operations.evidence_items import EvidenceItemForm
from enforcer.queries import evidence, evidence_items
from enforcer.queries.evidence import FileRow
from enforcer.queries.evidence_items import ItemRow
from ui.context import Context
from ui.evidence.choices import Choices
from ui.evidence.clock_edit import ClockEdit
from ui.failures import in_place
from ui.row_draft import RowDrafts
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Scrolled, button
from ui.widgets.field import Field, FieldGrid
from ui.widgets.form import FormBinder
from ui.widgets.inputs import Choice, CountEdit, LineEdit, TextArea
from ui.widgets.moments import DateTimeEdit
from ui.widgets.pickers import FilterCombo

_USUAL = {
    MediaKind.VIDEO: EvidenceKind.AUDIO_VISUAL,
    MediaKind.AUDIO: EvidenceKind.AUDIO_VISUAL,
    MediaKind.PHOTO: EvidenceKind.AUDIO_VISUAL,
    MediaKind.PAPER: EvidenceKind.DOCUMENTARY,
}
_MARKED = (MediaKind.VIDEO, MediaKind.AUDIO, MediaKind.OTHER)
_WIDE = ("case_id", "title", "proves", "words", "made_how", "original_lies", "reason")
_HINTS = {
    "in_ms": "I 键",
    "out_ms": "O 键",
    "words": "录音必须附",
    "reason": "有提示时填写",
    "made_at": "不填按文件的时间",
    "made_by": "不填按拍摄人",
}


class ItemForm(QWidget):
    """One line of the list; `saved(id)` once it is kept."""

    saved = Signal(int)

    def __init__(
        self,
        context: Context,
        choices: Choices,
        *,
        file: FileRow | None = None,
        item: ItemRow | None = None,
        case_id: int | None = None,
    ) -> None:
        super().__init__()
        self.context, self.file, self.item = context, file, item
        self._case_id = case_id
        self._request = uuid4()
        self.banner = Banner()
        self.banner.hide()
        labels = labels_of(EvidenceItemForm)
        grid = FieldGrid(2)
        grid.setContentsMargins(0, 0, 8, 0)
        self.fields: dict[str, Field] = {}
        for name, widget in self._widgets(choices).items():
            must = name in ("case_id", "kind", "title", "proves")
            made = Field(labels[name], widget, hint=_HINTS.get(name, ""), required=must)
            made.editor.setObjectName(f"item_{name}")
            self.fields[name] = made
            grid.add(made, 2 if name in _WIDE else 1)
        self.drafts = RowDrafts(context, self, "evidence-item")
        self.binder = FormBinder(self.fields, parent=self, check=self._check, keep_draft=self._keep)
        inside = QWidget()
        within = QVBoxLayout(inside)
        within.setContentsMargins(0, 0, 0, 0)
        within.addLayout(grid)
        within.addStretch()
        self.act = button(
            "保存修改" if item else "登记为证据", main=True, keys="Ctrl+Enter", on=self.save
        )
        self.acts = ActBar(self.act)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.banner)
        column.addWidget(Scrolled(inside), 1)
        column.addWidget(self.acts)
        self.binder.submitted.connect(self.act.setFocus)
        self.begin()

    def _widgets(self, choices: Choices) -> Mapping[str, QWidget]:
        found: dict[str, QWidget] = {}
        if self._case_id is None and self.item is None:
            found["case_id"] = FilterCombo(choices.cases, placeholder="案号、当事人或拼音首字母")
        found["kind"] = Choice([(one, one.label) for one in EvidenceKind])
        if self.file is None:
            found["pages"] = CountEdit(least=0, most=100_000, unit="页")
        found["title"] = LineEdit(limit=200, placeholder="例如：执法仪录像（堆放渣土）")
        if self.file is not None and self.file.media in _MARKED:
            found["in_ms"] = ClockEdit("0:00，从头")
            found["out_ms"] = ClockEdit("到结束")
        found["proves"] = TextArea(lines=3)
        if self.file is None or self.file.media in _MARKED:
            found["words"] = TextArea(lines=3, placeholder="谁说了什么，逐句写")
        found["made_by"] = LineEdit(limit=50)
        found["made_at"] = DateTimeEdit(self.context.clock.now)
        found["made_how"] = LineEdit(limit=200, placeholder="例如：执法仪现场录制")
        found["place"] = LineEdit(limit=200)
        found["original_lies"] = LineEdit(limit=200)
        found["reason"] = LineEdit(limit=200)
        return found

    # what stands in it

    def begin(self) -> None:
        """A new line with what is known of the file, or the line as it is kept; then the draft."""
        self._request = uuid4()
        self.binder.clear()
        self.binder.set_values(self._starting())
        kept = self.drafts.take(self._place)
        if kept is not None:
            self.binder.set_values(dict(kept.payload.get("values", {})))
            self.banner.say("info", "上次填写而没有保存的内容已放回。", act="放弃", on=self.let_go)

    def let_go(self) -> None:
        """Forget what was typed."""
        self.drafts.drop(self._place)
        self.banner.say("info", "")
        self.binder.clear()
        self.binder.set_values(self._starting())

    def _starting(self) -> dict[str, Any]:
        if self.item is not None:
            return {name: getattr(self.item, name) for name in self.fields if name != "case_id"}
        file = self.file
        if file is None:
            return {"kind": EvidenceKind.DOCUMENTARY}
        held = [one.case_id for one in file.uses if one.case_id is not None]
        return {
            "case_id": held[0] if held else None,
            "kind": _USUAL.get(file.media, EvidenceKind.ELECTRONIC),
            "place": file.place,
        }

    @property
    def _place(self) -> str:
        if self.item is not None:
            return f"item-{self.item.id}"
        return f"file-{self.file.id}" if self.file else f"case-{self._case_id}"

    def mark(self, which: str, place: int) -> None:
        """Set the in or out mark where the player stands."""
        name = f"{which}_ms"
        if name in self.fields:
            self.fields[name].write(place)
            self.fields[name].edited.emit()

    def flush(self) -> None:
        """Keep what is typed before the page turns away."""
        self.binder.flush()

    # saving

    def save(self) -> None:
        """Keep the line; what the rules doubt asks for its reason."""
        if not self.act.isEnabled() or not self.binder.ready():
            return
        try:
            form = read(EvidenceItemForm, self._whole(self.binder.values())).form
        except InvalidForm as wrong:
            in_place(self.banner, self.binder)(wrong)
            return
        self.acts.offer(self.act, "正在保存…")
        self.context.carry_out(
            deeds.save_evidence_item, form, self._saved, owner=self, failed=self._failed
        )

    def _whole(self, values: dict[str, Any]) -> dict[str, Any]:
        given: dict[str, Any] = {name: one for name, one in values.items() if one is not None}
        if not given.get("pages"):
            given.pop("pages", None)
        given["request_id"] = self._request
        if self.item is not None:
            given |= {
                "id": self.item.id,
                "loaded": self.item.version,
                "case_id": self.item.case_id,
                "file_id": self.item.file_id,
            }
            return given
        if self._case_id is not None:
            given["case_id"] = self._case_id
        if self.file is not None:
            given["file_id"] = self.file.id
        return given

    def _check(self, values: dict[str, Any]) -> Mapping[str, str]:
        try:
            read(EvidenceItemForm, self._whole(values))
        except InvalidForm as wrong:
            return wrong.by_field
        return {}

    def _saved(self, key: int) -> None:
        self.drafts.drop(self._place)
        self.acts.offer(self.act)
        if self.item is None:
            self.binder.clear()
            kept = self._starting()
            self.binder.set_values(kept)
            self._request = uuid4()
        self.banner.say("ok", self._told(key))
        self.saved.emit(key)

    def _told(self, key: int) -> str:
        """What is said once it is kept; evidence after the decision is marked aloud."""
        found = self.context.tasks.now(lambda store: self._row_of(store, key))
        after = found.after_decision.value != "no" if found else False
        more = f"标明“{found.after_decision.label}”。" if found and after else ""
        return f"已登记到证据清单。{more}还没有查证，请在案件的证据清单里登记查证。"

    def _row_of(self, store: Any, key: int) -> ItemRow | None:
        case_id = self.item.case_id if self.item else self._case_id
        ids: Sequence[int] = [case_id] if case_id else self._cases(store)
        rows = (one for case in ids for one in evidence_items.item_rows(store, case))
        return next((one for one in rows if one.id == key), None)

    def _cases(self, store: Any) -> list[int]:
        row = evidence.file_row(store, self.file.id) if self.file else None
        found = [one.case_id for one in row.uses if one.case_id] if row else []
        return list(dict.fromkeys(found))

    def _failed(self, error: Exception) -> bool:
        self.acts.offer(self.act)
        return in_place(self.banner, self.binder)(error)

    def _keep(self, values: dict[str, Any]) -> None:
        self.drafts.keep(self._place, values, self.item.version if self.item else "")
