"""打开案件文件: what would be added, where it differs, and the choice field by field."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from enforcer.operations import case_files, case_recordings
from enforcer.operations.case_file_plan import Plan
from enforcer.operations.case_files import CaseOpened, OpenCaseForm
from enforcer.operations.case_recordings import Beside, BroughtIn, TakeCaseRecordingsForm
from enforcer.operations.evidence import Control
from ui.context import Context
from ui.failures import in_place
from ui.recordings import said
from ui.tasks import Note
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Scrolled, button, label
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.inputs import Choice

MINE, THEIRS = ("mine", "保留本机的"), ("theirs", "采用文件里的")


class OpenCaseDialog(Dialog):
    """Nothing is written until 打开; each difference waits for its answer."""

    opened = Signal(int)

    def __init__(self, parent: QWidget, context: Context, path: Path) -> None:
        super().__init__(parent)
        self.context, self.path = context, path
        self.plan: Plan | None = None
        self.beside: Beside | None = None
        self.problems: tuple[str, ...] = ()
        self.answers: dict[str, Choice] = {}
        self.setWindowTitle("打开案件文件")
        self.setMinimumWidth(620)
        self.message = Banner("bad")
        self.message.hide()
        self.heading = label("正在核对……", "section", wrap=True)
        self.told = label("", "quiet", wrap=True)
        self.act = button("打开", "open", keys="Ctrl+Enter", main=True, on=self.take)
        self.act.setObjectName("open_case_act")
        self.act.setEnabled(False)
        inside = QWidget()
        self._differences = QVBoxLayout(inside)
        self._differences.setSpacing(10)
        self._room = Scrolled(inside)
        self._room.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        for one in (self.message, self.heading, self.told):
            column.addWidget(one)
        column.addWidget(self._room, 1)
        self.bar = ActBar(button("不打开　Esc", on=self.reject), self.act)
        column.addWidget(self.bar)
        context.tasks.ask(
            lambda store: (
                case_files.plan_of(store, path),
                case_recordings.look_beside(store, path),
            ),
            lambda answer: self._show(*answer),
            owner=self,
            failed=self._failed,
        )

    def _failed(self, error: Exception) -> bool:
        self.heading.setText("没有打开。")
        self.message.say("bad", str(error))
        return True

    def _show(self, plan: Plan, beside: Beside) -> None:
        self.plan, self.beside = plan, beside
        kind = "本机没有这个案件，将新建。" if plan.new else "本机已有这个案件，将更新。"
        self.heading.setText(f"{plan.number}　{plan.party}")
        told = [
            f"{plan.exported_at[:16].replace('T', ' ')} 由 {plan.exported_by} 导出。{kind}",
            f"要增加 {plan.added} 条记录，相同的 {plan.same} 条，不同的 {len(plan.differences)} 处。",
            *([beside.say] if beside.say else ()),
            *plan.remarks,
        ]
        self.told.setText("\n".join(told))
        for one in plan.differences:
            answer = Choice((MINE, THEIRS), blank="请选择")
            answer.edited.connect(self._offer)
            self.answers[one.key] = answer
            self._differences.addWidget(label(one.say, wrap=True))
            self._differences.addWidget(Field(one.what, answer, required=True))
        self._room.setVisible(bool(plan.differences))
        if plan.against:
            self.message.show_objections(plan.against)
        self._offer()
        first = next(iter(self.answers.values()), None)
        (first or self.act).setFocus()

    def _offer(self) -> None:
        plan = self.plan
        left = sum(one.read() is None for one in self.answers.values())
        why = ""
        if plan is None or plan.against:
            why = "不能打开"
        elif left:
            why = f"还有 {left} 处没有选择"
        self.bar.offer(self.act, why)

    def take(self) -> None:
        """Take the recordings beside the file in, then the case."""
        if self.beside is None or not self.beside.beside:
            self._take()
            return
        context, form = self.context, TakeCaseRecordingsForm(path=self.path)
        clock, actor = context.clock, context.actor

        def job(note: Note) -> BroughtIn:
            control = Control()
            today, now, say = clock.today(), clock.now(), said(note, control, "取入")
            return case_recordings.take_case_recordings(
                context.store, form, today=today, now=now, actor=actor, control=control, note=say
            )

        self.bar.offer(self.act, "正在取入录像…")
        context.tasks.work(
            job, self._brought, owner=self, what="取入录像", failed=self._not_brought
        )

    def _brought(self, made: BroughtIn) -> None:
        self.problems = made.problems
        self._take()

    def _not_brought(self, error: Exception) -> bool:
        self._offer()
        self.message.say("bad", str(error))
        return bool(str(error))

    def _take(self) -> None:
        choices: dict[str, Any] = {key: one.read() for key, one in self.answers.items()}
        form = OpenCaseForm(request_id=uuid4(), path=self.path, choices=choices)
        self.context.carry_out(
            case_files.open_case, form, self._done, owner=self, failed=in_place(self.message)
        )

    def _done(self, made: CaseOpened) -> None:
        what = "新建" if made.new else "更新"
        told = f"已{what}案件 {made.number}：增加 {made.added} 条，改动 {made.changed} 处。"
        kind = "warn" if self.problems else "ok"
        self.context.window.message(kind, told + "".join(self.problems))
        self.accept()
        self.opened.emit(made.case_id)
