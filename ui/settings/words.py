"""告知书文字: the paragraphs of the courteous notice, edited beside the paper they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.documents import notice_fields
from enforcer.errors import InvalidForm, Objection, Refused, TemplateTrouble
from enforcer.law import notice_defaults
from enforcer.operations import office as deeds
from enforcer.operations import wording
from enforcer.operations.editing import read
from enforcer.queries import office, powers
from enforcer.terms import PlateColour
from ui.confirm import ConfirmDialog
from ui.context import Context
from ui.failures import in_place
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, Scrolled, button, label
from ui.widgets.field import Field, FieldGrid
from ui.widgets.form import FormBinder
from ui.widgets.inputs import Choice, LineEdit, TextArea
from ui.widgets.moments import DateEdit, show_day, show_moment
from ui.widgets.preview import PdfPreview

KEY = wording.NOTICE
DELAY_MS = 400
WHEN = {
    "notice.plate_known": ("有号牌", "没有号牌"),
    "notice.blank": ("空白号", "不是空白号"),
    "notice.nearby": ("填了附近可停的地方", "没填附近可停的地方"),
    "next_step": ("设了下一步提示", ""),
    "organ.handled_by": ("有承办单位", ""),
    "officers_line": ("已填执法人员", "没填执法人员"),
}
"""In which case a paragraph is printed, and in which it is not, in words."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the tab asks the store for, at once."""

    editions: tuple[office.EditionRow, ...]
    in_force: int
    next_step: str
    next_step_version: str
    organ: powers.OrganRow | None


class WordsTab(QWidget):
    """Edit, see the paper, save as an edition from a day on, or go back to the shipped words."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.known: Known | None = None
        self.paragraphs: dict[int, Field] = {}
        self._texts: tuple[wording.Wording, ...] = ()
        self._body, self._request, self._stale = "", uuid4(), True
        self.banner = Banner()
        self.banner.hide()
        self.edition = Choice()
        self.edition.edited.connect(self._load_edition)
        self.next_step = Field(
            "下一步提示（可以不填）",
            LineEdit(placeholder="例如：再次发现的，将依法处理。"),
        )
        self.from_on = Field("启用日期", DateEdit(context.clock.today), required=True)
        self.preview = PdfPreview("改动后这里显示印出来的样子。")
        self.column = QVBoxLayout()
        self.column.setSpacing(10)
        self._pending = QTimer(self)
        self._pending.setSingleShot(True)
        self._pending.setInterval(DELAY_MS)
        self._pending.timeout.connect(self.show_paper)
        self.save_button = button("保存", main=True, keys="Ctrl+Enter", on=self.save)
        self.restore_button = button("恢复出厂文字…", on=self.ask_restore)
        self.acts = ActBar(self.restore_button, self.save_button)
        self._lay_out()
        self.next_step.edited.connect(self._edited)
        self.binder = self._bind()
        context.tasks.changed.connect(self._changed)
        context.theme.changed.connect(self.update)

    def _bind(self) -> FormBinder:
        fields = {"next_step": self.next_step, "from_on": self.from_on}
        fields |= {f"part{one}": field for one, field in self.paragraphs.items()}
        return FormBinder(fields, parent=self)

    def _lay_out(self) -> None:
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 6, 0)
        inside.setSpacing(10)
        grid = FieldGrid()
        grid.add(Field("版本", self.edition))
        grid.add(self.from_on)
        grid.add(self.next_step, 2)
        inside.addLayout(grid)
        inside.addWidget(
            label(
                "【】里的由程序填入，可以挪动、删去，不要改里面的字。一段留空就不印。",
                "small",
                wrap=True,
            )
        )
        inside.addLayout(self.column)
        inside.addStretch()
        left = Card()
        left.setFixedWidth(560)
        left.body.addWidget(self.banner)
        left.body.addWidget(Scrolled(content), 1)
        left.body.addWidget(self.acts)
        right = Card(tight=True)
        right.body.addWidget(self.preview)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(left)
        row.addWidget(right, 1)
        self.setFocusProxy(self.edition)

    # what is kept

    def refresh(self) -> None:
        """Ask again for editions, next step and organ."""
        self._stale = False
        today = self.context.clock.today()
        self.context.tasks.ask(
            lambda store: _known(store, today), self._know, owner=self, latest="known"
        )

    def _know(self, known: Known) -> None:
        self.known = known
        self.edition.blockSignals(True)
        self.edition.set_choices([(one.edition, _title(one, known)) for one in known.editions])
        self.edition.write(known.in_force)
        self.edition.blockSignals(False)
        self.next_step.write(known.next_step)
        self.from_on.write(self.context.clock.today())
        self._load_edition()

    def _load_edition(self) -> None:
        assert self.known
        chosen = next(one for one in self.known.editions if one.edition == self.edition.read())
        self._body, self._request = chosen.body, uuid4()
        self._texts = tuple(wording.texts_of(chosen.body))
        self._show_paragraphs()
        self.show_paper()

    def _show_paragraphs(self) -> None:
        while (item := self.column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self.paragraphs = {}
        for number, one in enumerate(self._texts, start=1):
            area = TextArea(lines=max(1, min(4, len(wording.readable(one.text)) // 32 + 1)))
            field = Field(f"第 {number} 段", area, hint=_conditions(one))
            field.write(wording.readable(one.text))
            field.edited.connect(self._edited)
            self.paragraphs[one.part] = field
            self.column.addWidget(field)
        self.binder = self._bind()
        self._offer()

    # what is typed

    @property
    def body(self) -> str:
        """The template as edited."""
        changed = {one.part: text for one in self._texts if (text := self._coded(one)) != one.text}
        return wording.with_texts(self._body, changed) if changed else self._body

    def _coded(self, one: wording.Wording) -> str:
        return wording.coded(self.paragraphs[one.part].read(), one.text)

    @property
    def words_changed(self) -> bool:
        return self.known is not None and self.body != self._in_force_body

    @property
    def next_step_changed(self) -> bool:
        return self.known is not None and self.next_step.read() != self.known.next_step

    @property
    def _in_force_body(self) -> str:
        assert self.known
        return next(one.body for one in self.known.editions if one.edition == self.known.in_force)

    def faults(self) -> list[Objection]:
        """What forbids the words as they stand."""
        try:
            found = wording.faults(KEY, self.body, where="修改后的文字")
        except TemplateTrouble as trouble:
            return list(Refused(_blocked(str(trouble))).objections)
        return [*found, *wording.courteous_faults(self.next_step.read())]

    def _edited(self) -> None:
        self._pending.start()
        self._offer()

    def _offer(self) -> None:
        changed = self.words_changed or self.next_step_changed
        self.acts.offer(self.save_button, "" if changed else "没有改动")
        shipped = self.known is None or self.known.in_force == office.SHIPPED
        self.acts.offer(self.restore_button, "")
        self.restore_button.setEnabled(not shipped)

    # the paper

    def show_paper(self) -> None:
        """Check the words and set the paper they make."""
        self._pending.stop()
        if self.known is None:
            return
        if found := self.faults():
            self.banner.show_objections(found)
            return
        if self.banner.kind == "bad":
            self.banner.say("info", "")
        body, fields = self.body, self.specimen()
        self.context.tasks.ask(
            lambda _store: _paper(body, fields),
            self.preview.show_pdf,
            owner=self,
            latest="paper",
            long=True,
            failed=in_place(self.banner),
        )

    def specimen(self) -> Mapping[str, Any]:
        """A made-up notice of our organ, as full as one can be."""
        organ = self.known.organ if self.known else None
        today = self.context.clock.today()
        items = notice_defaults.desk_items(today)
        return notice_fields.notice_fields(
            notice_fields.NoticeFacts(
                number="样张",
                uid=UUID(int=0),
                sender=notice_fields.Sender(
                    organ.name if organ else "（机关名称）",
                    organ.phone if organ else "",
                    organ.address if organ else "",
                ),
                wording=notice_defaults.wording(items[0].key if items else "", today),
                plate="湘J·12345",
                plate_known=True,
                colour=PlateColour.BLUE,
                noticed_at=datetime.combine(
                    today, datetime.min.time(), self.context.clock.now().tzinfo
                ).replace(hour=9, minute=30),
                place="滨河路118号门前人行道",
                situation="人行道停放",
                nearby="市民广场停车场",
                officers=(("张某某", "证号"), ("李某某", "证号")),
                next_step=self.next_step.read(),
            )
        )

    # the deeds

    def save(self) -> None:
        """Keep the next step, and the words as a new edition from the day chosen."""
        if not self.save_button.isEnabled() or self.known is None:
            return
        if found := self.faults():
            self.banner.show_objections(found)
            return
        try:
            edition, step = self._forms()
        except InvalidForm as wrong:
            in_place(self.banner, self.binder)(wrong)
            return
        context = self.context

        def deed(store: Any) -> int | None:
            now: dict[str, Any] = {
                "today": context.clock.today(),
                "now": context.clock.now(),
                "actor": context.actor,
            }
            if step is not None:
                deeds.save_setting(store, step, **now)
            return deeds.save_template_edition(store, edition, **now) if edition else None

        context.tasks.do(deed, self._saved, owner=self, failed=in_place(self.banner, self.binder))

    def _forms(self) -> tuple[deeds.TemplateEditionForm | None, deeds.PlainSettingForm | None]:
        assert self.known
        edition = step = None
        if self.words_changed:
            last = max(one.edition for one in self.known.editions)
            given = {
                "request_id": self._request,
                "loaded": str(last),
                "from_on": self.from_on.read(),
                "body": self.body,
            }
            edition = read(deeds.TemplateEditionForm, given).form
        if self.next_step_changed:
            given = {
                "request_id": uuid4(),
                "loaded": self.known.next_step_version,
                "key": deeds.NEXT_STEP,
                "text": self.next_step.read(),
            }
            step = read(deeds.PlainSettingForm, given).form
        return edition, step

    def _saved(self, number: int | None) -> None:
        day = show_day(self.from_on.read())
        self.refresh()
        said = f"已保存为第 {number} 版，{day} 起签发的告知书用它。" if number else "已保存。"
        self.banner.say("ok", f"{said}以前签发的不变。")

    def ask_restore(self) -> None:
        """Ask, then use the shipped words again."""
        dialog = ConfirmDialog(
            self,
            "恢复出厂文字",
            f"{show_day(self.from_on.read())} 起签发的告知书改用出厂文字。本机关以前的各版仍然留着，可以再选回来。",
            "恢复出厂文字",
        )
        dialog.accepted.connect(self.restore)
        dialog.open()

    def restore(self) -> None:
        """Use the shipped words from the day chosen."""
        context = self.context
        given = {"request_id": uuid4(), "from_on": self.from_on.read()}
        context.carry_out(
            deeds.restore_template,
            lambda: read(deeds.RestoreTemplateForm, given).form,
            self._saved,
            owner=self,
            failed=in_place(self.banner, self.binder),
        )

    # Qt

    def _changed(self, names: frozenset[str]) -> None:
        if names & {"template_edition", "organ"} and not self.isVisible():
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()


def _known(store: Any, today: date) -> Known:
    organs = powers.organs(store, enabled_only=True)
    return Known(
        tuple(office.editions(store, KEY)),
        office.edition_on(store, KEY, today).edition,
        str(office.setting(store, deeds.NEXT_STEP).get("text", "")),
        office.setting_version(store, deeds.NEXT_STEP),
        organs[0] if organs else None,
    )


def _paper(body: str, fields: Mapping[str, Any]) -> bytes:
    from enforcer.documents import pdf, template

    return pdf.render(template.load(body, where="修改后的文字"), fields).pdf


def _title(one: office.EditionRow, known: Known) -> str:
    now = "（现行）" if one.edition == known.in_force else ""
    if one.from_on is None or one.saved_at is None:
        return f"出厂文字{now}"
    return f"第 {one.edition} 版{now}　{show_day(one.from_on)} 起　{one.saved_by} {show_moment(one.saved_at)}"


def _conditions(one: wording.Wording) -> str:
    said: Sequence[str] = [
        *(WHEN.get(name, (name, ""))[0] for name in one.when),
        *(WHEN.get(name, ("", f"没有 {name}"))[1] for name in one.unless),
    ]
    return f"只在{'、'.join(each for each in said if each)}时印" if said else ""


def _blocked(say: str) -> Objection:
    from enforcer.errors import Level

    return Objection("template_unreadable", Level.BLOCK, say)
