"""The steps of the first start: the unit, its officers, numbers and backups, ready."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.errors import InvalidForm, Level
from enforcer.exchange import workbook
from enforcer.exchange.ledgers import OFFICERS
from enforcer.operations import registers
from enforcer.operations.first_start import NumberWords
from enforcer.queries import powers
from enforcer.queries.readiness import PLACES, Missing
from enforcer.terms import SeriesKind
from ui.context import Context
from ui.first_start.people import PeopleGrid, lines_of_ledger
from ui.folder_edit import FolderEdit
from ui.widgets.banner import Banner
from ui.widgets.basics import IconLabel, Scrolled, button, hairline, label
from ui.widgets.field import Field, FieldGrid
from ui.widgets.file_dialogs import ask_open
from ui.widgets.form import FormBinder
from ui.widgets.inputs import LineEdit

ENOUGH: Final = 2
FIELD: Final = 36
WIDTHS: Final = {SeriesKind.NOTICE: 5, SeriesKind.SUMMARY_DECISION: 3}
EXAMPLES: Final = {
    SeriesKind.NOTICE: "云城管温告字",
    SeriesKind.SUMMARY_DECISION: "云城管当罚字",
}


class Step(QWidget):
    """One calm page: a sentence, fields; `ready` shows what is wrong and tells whether to go on."""

    edited = Signal()
    title = ""
    name = ""
    lead = ""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.banner = Banner()
        self.banner.hide()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.column.addWidget(label(self.title, "section"))
        self.column.addWidget(label(self.lead, "quiet", wrap=True))
        self.column.addWidget(self.banner)

    def ready(self) -> bool:
        """Whether one may go on; shows what is wrong where it is wrong."""
        return True

    def enter(self) -> None:
        """Take the focus."""

    def draft(self) -> Any:
        """What was typed, as JSON knows it."""

    def restore(self, draft: Any) -> None:
        """Show what was typed before."""

    def refuse(self, index: int, by_field: Mapping[str, str]) -> None:
        """Show what the store had against this step."""
        del index
        self.banner.say("bad", "".join(by_field.values()))


class FormStep(Step):
    """A step of plain fields."""

    fields: Mapping[str, Field]
    binder: FormBinder

    def bind(self, fields: Mapping[str, Field], **more: Any) -> None:
        """Bind the fields; Enter goes from one to the next."""
        self.fields = fields
        self.binder = FormBinder(fields, parent=self, **more)
        self.binder.edited.connect(self.edited)

    def ready(self) -> bool:
        return self.binder.ready()

    def enter(self) -> None:
        next(iter(self.fields.values())).editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def draft(self) -> Any:
        return self.binder.draft()

    def restore(self, draft: Any) -> None:
        self.binder.set_values(draft)

    def refuse(self, index: int, by_field: Mapping[str, str]) -> None:
        del index
        self.banner.say("bad", self.binder.show_errors(by_field))


class UnitStep(FormStep):
    """The organ in whose name papers are made."""

    title, name = "本单位", "本单位"
    lead = "文书上的抬头、落款和救济途径从这里来。名称以外的现在不填也行，以后在“设置—机关”里补。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.request: UUID = uuid4()
        titles = {
            key: field.title or key for key, field in registers.OrganForm.model_fields.items()
        }
        places = {
            "name": "例如：云溪市城市管理和综合执法局",
            "phone": "告知书上印的电话",
            "reconsideration_body": "本级人民政府，例如：云溪市人民政府",
            "court": "例如：云溪市人民法院",
            "address": "",
        }
        fields = {
            key: Field(titles[key], LineEdit(placeholder=text), required=key == "name")
            for key, text in places.items()
        }
        self.reminder = Banner("warn")
        self.reminder.hide()
        grid = FieldGrid()
        grid.add(fields["name"], 2)
        grid.add(fields["phone"])
        grid.add(fields["address"])
        grid.add(fields["reconsideration_body"])
        grid.add(fields["court"])
        grid.add(self.reminder, 2)
        self.column.addLayout(grid)
        self.column.addStretch()
        order = ("name", "phone", "address", "reconsideration_body", "court")
        self.bind({key: fields[key] for key in order}, check=self._check)
        fields["reconsideration_body"].edited.connect(self._remind)

    def form(self) -> registers.OrganForm:
        """The organ as a form; InvalidForm when something is wrong."""
        given = self.binder.values() | {"request_id": self.request}
        return registers.read(registers.OrganForm, given).form

    def _check(self, values: dict[str, Any]) -> Mapping[str, str]:
        return registers.wrong_fields(registers.OrganForm, values)

    def _remind(self) -> None:
        said = powers.reconsideration_reminder(self.fields["reconsideration_body"].read())
        self.reminder.say("warn", f"{said}（{powers.ARTICLE_24}）" if said else "")


class PeopleStep(Step):
    """The officers, typed or pasted or from the ledger."""

    title, name = "执法人员", "执法人员"
    lead = (
        "直接输入，或者从 Excel 复制后按 Ctrl+V 粘贴，也可以导入整张台账。"
        "执法要有两名证件有效的人员；以后在“台账—人员与证件”里随时增减。"
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._requests: list[UUID] = []
        self.grid = PeopleGrid(context.clock.today)
        self.import_button = button("从 Excel 导入…", "import", keys="Ctrl+O", on=self.ask_file)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.import_button)
        self.column.addWidget(self.grid, 1)
        self.column.addLayout(row)
        self.grid.edited.connect(self.edited)

    def forms(self) -> list[registers.OfficerForm]:
        """The officers as forms; each wrong line says so itself."""
        return self.grid.forms(self._request)

    def _request(self, at: int) -> UUID:
        while len(self._requests) <= at:
            self._requests.append(uuid4())
        return self._requests[at]

    def ready(self) -> bool:
        try:
            able = self.forms()
        except InvalidForm as wrong:
            self.banner.say("bad", "".join(wrong.by_field.values()))
            return False
        today = self.context.clock.today()
        valid = [
            one
            for one in able
            if one.certificate_valid_until and one.certificate_valid_until >= today
        ]
        few = (
            f"证件有效的只有 {len(valid)} 人；执法人员不得少于两人，补齐之前不能签发文书"
            "（行政处罚法第四十二条第一款）。"
        )
        self.banner.say("warn", few if len(valid) < ENOUGH else "")
        return True

    def enter(self) -> None:
        self.grid.setFocus()
        if self.grid.currentRow() < 0:
            self.grid.setCurrentCell(0, 0)

    def draft(self) -> Any:
        return self.grid.read()

    def restore(self, draft: Any) -> None:
        self.grid.write(draft)

    def refuse(self, index: int, by_field: Mapping[str, str]) -> None:
        said = "".join(by_field.values())
        self.grid.complain(index, said)
        self.banner.say("bad", said)

    def ask_file(self) -> None:
        """Let the officer point at the ledger."""
        chosen = ask_open(self, "导入执法人员台账")
        if chosen is not None:
            self.import_file(chosen)

    def import_file(self, path: Path) -> None:
        """Read the ledger into the sheet; what cannot be read is said with its row."""
        today = self.context.clock.today()
        self.context.tasks.work(
            lambda _note: workbook.read_ledger(path, OFFICERS, today=today),
            self._imported,
            owner=self,
            what="读取工作簿",
            failed=self._failed,
        )

    def _imported(self, found: workbook.Reading) -> None:
        self.grid.take(lines_of_ledger([one.values for one in found.rows]))
        refused = [f"第 {one.row} 行 {one.column}：{one.say}" for one in found.refused[:5]]
        more = f"\n……共 {len(found.refused)} 行没有读入。" if len(found.refused) > 5 else ""
        said = "\n".join([f"读入 {len(found.rows)} 人。", *refused]) + more
        self.banner.say("warn" if found.refused else "ok", said)

    def _failed(self, error: Exception) -> bool:
        self.banner.say("bad", str(error))
        return bool(str(error))


class NumbersStep(FormStep):
    """代字 of the two papers of every day, and the backup folder."""

    title, name = "编号与备份", "编号与备份"
    lead = "编号由程序在签发时自动取，不重号、不跳号。代字照本机关的规定填；现在不填，以后在“设置—编号”里补。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        fields = {
            kind.value: Field(
                f"{kind.label}的代字", LineEdit(placeholder=f"例如：{EXAMPLES[kind]}")
            )
            for kind in WIDTHS
        }
        fields["folder"] = Field(
            "备份位置",
            FolderEdit("选择备份位置", placeholder="移动硬盘或者另一块磁盘上的文件夹"),
            hint="每天自动备份",
        )
        self.examples = {kind: label("", "small", wrap=True) for kind in WIDTHS}
        for kind in WIDTHS:
            grid = FieldGrid()
            grid.add(fields[kind.value])
            holder = QWidget()
            inside = QVBoxLayout(holder)
            inside.setContentsMargins(0, 24, 0, 0)
            self.examples[kind].setMinimumHeight(FIELD)  # its words stand level with the field's
            inside.addWidget(self.examples[kind], 0, Qt.AlignmentFlag.AlignTop)
            grid.add(holder)
            self.column.addLayout(grid)
        self.column.addWidget(hairline())
        self.column.addWidget(fields["folder"])
        self.column.addStretch()
        self.bind(fields)
        self.binder.edited.connect(self._follow)
        self._follow()

    def numbers(self) -> tuple[NumberWords, ...]:
        """What is to be set; a blank 代字 sets nothing."""
        return tuple(
            NumberWords(kind, self.fields[kind.value].read(), width)
            for kind, width in WIDTHS.items()
        )

    def restore(self, draft: Any) -> None:
        super().restore(draft)
        self._follow()

    def ready(self) -> bool:
        wrong = {}
        stems = [one.stem for one in self.numbers() if one.stem]
        if len(set(stems)) < len(stems):
            say = "两种文书的代字相同，会重号，请用不同的代字。"
            wrong[SeriesKind.SUMMARY_DECISION.value] = say
        for one in self.numbers():
            if one.stem:
                given = {"organ_id": 1, "kind": one.kind, "stem": one.stem, "width": one.width}
                found = registers.wrong_fields(registers.NumberRuleForm, given)
                if found.get("stem"):
                    wrong[one.kind.value] = found["stem"]
        self.binder.show_errors(wrong)
        return not wrong

    def _follow(self) -> None:
        year = self.context.clock.today().year
        for kind, width in WIDTHS.items():
            stem = self.fields[kind.value].read()
            pattern = registers.pattern_of(stem or EXAMPLES[kind], "〔〕", with_di=True)
            shown = registers.number_example(pattern, width, year=year)
            self.examples[kind].setText(f"第一个号：{shown}" if stem else f"样子：{shown}")


class ReadyStep(Step):
    """What stands, what is still lacking and where to fill it in."""

    title, name = "可以开始了", "开始"
    lead = "数据已经建好，放在这台电脑上，不会自动传到别处。"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.home = label("", "quiet", wrap=True)
        self.column.addWidget(self.home)
        inside = QWidget()
        self.list = QVBoxLayout(inside)
        self.list.setContentsMargins(0, 0, 8, 0)
        self.list.setSpacing(8)
        self.list.setAlignment(Qt.AlignmentFlag.AlignTop)
        lines = Scrolled(inside)
        lines.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrows reach what is below
        lines.setAccessibleName("还缺的资料")
        self.column.addWidget(lines, 1)
        self.said: list[str] = []

    def show_lacking(self, home: Path, lacking: Sequence[Missing]) -> None:
        """List what papers still lack."""
        self.home.setText(f"数据目录：{home}")
        if not lacking:
            self.banner.say("ok", "告知书和当场处罚决定书现在就能出。")
            return
        self.banner.say("info", "下面这些以后补上即可，没有补的，程序会在出件前提醒。")
        for one in lacking:
            said = f"{one.say}在“{PLACES[one.place]}”里填写。"
            said += f"（{one.cite}）" if one.cite else ""
            self.said.append(said)
            hard = one.level is Level.BLOCK
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(
                IconLabel("warn" if hard else "info", 18, "warn" if hard else "accent"),
                0,
                Qt.AlignmentFlag.AlignTop,
            )
            row.addWidget(label(said, wrap=True), 1)
            self.list.addLayout(row)
