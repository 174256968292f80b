"""The first start: three calm steps to a home of one's own, or the sample to look around in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from enforcer.operations import first_start
from enforcer.queries.readiness import Missing
from enforcer.terms import SeriesKind
from ui.context import Context
from ui.failures import in_place
from ui.first_start.steps import FormStep, NumbersStep, PeopleStep, ReadyStep, Step, UnitStep
from ui.preferences import preferences
from ui.widgets.basics import ActBar, Card, Page, button, label
from ui.widgets.stages import StageList, StageRow, StageState

if TYPE_CHECKING:
    from enforcer.operations.recording_restores import Restored

DRAFT = "wizard/draft"
DELAY_MS = 400
WIDTH = 1040


class WizardPage(Page):
    """`home_made` once the store can be opened; until then nothing is on the disk."""

    home_made = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.unit, self.people = UnitStep(context), PeopleStep(context)
        self.numbers, self.last = NumbersStep(context), ReadyStep(context)
        self.steps: tuple[Step, ...] = (self.unit, self.people, self.numbers, self.last)
        self.made = False
        self.stack = QStackedWidget()
        for one in self.steps:
            self.stack.addWidget(one)
            one.edited.connect(self._keep_later)
        self.stages = StageList()
        self.stages.setFixedWidth(190)
        self.stages.setAccessibleName("步骤")
        self.stages.chosen.connect(self._jump)
        self.back_button = button("上一步　Alt+←", "back", on=self.back)
        self.sample_button = button("用示例数据打开", on=self.open_sample)
        self.sample_button.setToolTip(
            "建一个虚构单位的数据，先看看怎么用；正式使用时另选数据目录。"
        )
        self.restore_button = button("从备份恢复…", on=self.ask_restore)
        self.restore_button.setToolTip("换了电脑或者磁盘坏了：把备份和录像恢复到这台电脑。")
        self.next_button = button("下一步", main=True, keys="Ctrl+Enter", on=self.forward)
        self.acts = ActBar(
            self.restore_button, self.sample_button, self.back_button, self.next_button
        )
        QShortcut(QKeySequence("Alt+Left"), self, self.back)
        self._pending = QTimer(self)
        self._pending.setSingleShot(True)
        self._pending.setInterval(DELAY_MS)
        self._pending.timeout.connect(self.keep_draft)
        self._lay_out()
        for form in (self.unit, self.numbers):
            form.binder.submitted.connect(self.next_button.setFocus)
        self._restore_draft()
        self._show(0)

    def _lay_out(self) -> None:
        card = Card(spacing=16)
        card.setMaximumWidth(WIDTH)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.stages, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.stack, 1)
        card.body.addLayout(row, 1)
        card.body.addWidget(self.acts)
        middle = QWidget()
        middle.setMaximumWidth(WIDTH)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(14)
        column.addWidget(label("欢迎使用执法案件管家", "title"))
        column.addWidget(
            label(
                "四步建好本单位的数据。随时可以回上一步，填过的都在；建好以前，磁盘上什么都不写。",
                "quiet",
                wrap=True,
            )
        )
        column.addWidget(card, 1)
        center = QHBoxLayout()
        center.addStretch(1)
        center.addWidget(middle, 20)
        center.addStretch(1)
        self.body.addLayout(center, 1)

    @property
    def at(self) -> int:
        """Which step is in view."""
        return self.stack.currentIndex()

    # going on and back

    def forward(self) -> None:
        """Go on when nothing is wrong here; from the third step the home is made."""
        if not self.next_button.isEnabled():
            return
        if self.at == len(self.steps) - 1:
            self.home_made.emit()
        elif self.steps[self.at].ready():
            self.keep_draft()
            if self.at == len(self.steps) - 2:
                self.make()
            else:
                self._show(self.at + 1)

    def back(self) -> None:
        """Go one step back; what was typed stays."""
        if 0 < self.at < len(self.steps) - 1:
            self._show(self.at - 1)

    def _jump(self, name: str) -> None:
        to = next(i for i, one in enumerate(self.steps) if one.name == name)
        if not self.made and to < self.at:
            self._show(to)

    def _show(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        last = at == len(self.steps) - 1
        self.stages.show_stages(
            [
                StageRow(
                    one.name,
                    one.name,
                    StageState.DONE if i < at else StageState.NOW if i == at else StageState.NEXT,
                )
                for i, one in enumerate(self.steps)
            ]
        )
        self.back_button.setVisible(at > 0 and not last)
        self.sample_button.setVisible(at == 0)
        self.restore_button.setVisible(at == 0)
        words = "开始使用" if last else "建好数据" if at == len(self.steps) - 2 else "下一步"
        self.next_button.setText(f"{words}　Ctrl+Enter")
        self.next_button.setAccessibleName(words)
        self.steps[at].enter()
        if last:
            self.next_button.setFocus()

    # making the home

    def make(self) -> None:
        """Make the home from what was gathered."""
        context = self.context
        plan = first_start.FirstStart(
            organ=self.unit.form(),
            officers=tuple(self.people.forms()),
            numbers=self.numbers.numbers(),
            backup_folder=self.numbers.fields["folder"].read(),
        )
        self.acts.offer(self.next_button, "正在建立数据…")
        context.tasks.work(
            lambda _note: first_start.set_up(
                context.home,
                plan,
                clock=context.clock.now,
                today=context.clock.today(),
                now=context.clock.now(),
                actor=context.actor,
            ),
            self._made,
            owner=self,
            what="建立数据",
            failed=self._failed,
        )

    def open_sample(self) -> None:
        """Make the sample home and open it."""
        context = self.context
        self.acts.offer(self.next_button, "正在建立示例数据…")
        self.sample_button.setEnabled(False)
        context.tasks.work(
            lambda _note: first_start.set_up_sample(
                context.home, clock=context.clock.now, actor=context.actor, recordings=True
            ),
            lambda _none: self._sample_made(),
            owner=self,
            what="建立示例数据",
            failed=self._failed,
        )

    def ask_restore(self) -> None:
        """Ask which backup is to become the home."""
        from ui.settings.restores import RestoreDialog

        self.dialog = RestoreDialog(self, home=self.context.home)
        self.dialog.accepted.connect(self.restore)
        self.dialog.open()

    def restore(self) -> None:
        """Make the home of a backup, with its recordings where their copies are named."""
        from ui import recordings

        context, dialog = self.context, self.dialog
        self.acts.offer(self.next_button, "正在恢复…")
        archive = Path(str(dialog.archive.read()))
        context.tasks.work(
            recordings.restore(archive, context.home, dialog.folder, context.clock, context.actor),
            self._restored,
            owner=self,
            what="恢复",
            failed=self._failed,
        )

    def _restored(self, made: Restored) -> None:
        self._forget_draft()
        self.home_made.emit()
        if made.recordings is not None:
            kind = "warn" if made.recordings.absent or made.recordings.problems else "ok"
            self.context.window.message(kind, made.recordings.told)

    def _sample_made(self) -> None:
        self._forget_draft()
        self.home_made.emit()

    def _made(self, lacking: list[Missing]) -> None:
        self.made = True
        self._forget_draft()
        self.acts.offer(self.next_button)
        self.last.show_lacking(self.context.home, lacking)
        self._show(len(self.steps) - 1)

    def _failed(self, error: Exception) -> bool:
        self.acts.offer(self.next_button)
        self.sample_button.setEnabled(True)
        if isinstance(error, first_start.AtStep):
            step = self._step_of(error.part)
            self._show(self.steps.index(step))
            by_field = error.by_field
            if error.part in {kind.value for kind in SeriesKind}:
                by_field = {error.part: "".join(by_field.values())}
            step.refuse(error.index, by_field)
            return True
        here = self.steps[self.at]
        binder = here.binder if isinstance(here, FormStep) else None
        if in_place(here.banner, binder)(error):
            return True
        here.banner.say("bad", str(error))
        return bool(str(error))

    def _step_of(self, part: str) -> Step:
        return {"organ": self.unit, "officers": self.people}.get(part, self.numbers)

    # what was typed, over a restart

    def _keep_later(self) -> None:
        self._pending.start()

    def keep_draft(self) -> None:
        """Keep what was typed in this user's preferences until the home is made."""
        self._pending.stop()
        if not self.made:
            typed = [one.draft() for one in self.steps[:-1]]
            preferences().setValue(DRAFT, json.dumps(typed, ensure_ascii=False))

    def _restore_draft(self) -> None:
        kept = preferences().value(DRAFT)
        typed: list[Any] = json.loads(str(kept)) if kept else []
        for step, draft in zip(self.steps, typed, strict=False):
            step.restore(draft)

    def _forget_draft(self) -> None:
        self._pending.stop()
        preferences().remove(DRAFT)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.steps[self.at].enter()
