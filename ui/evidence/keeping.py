"""检查和保管: are all files whole, which recorders are about to write over, what may be deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.evidence_terms import ProblemKind
from enforcer.operations.evidence import CheckEvidenceForm, CheckOutcome, Control, check_evidence
from enforcer.queries import evidence, evidence_history, evidence_recorders, evidence_settings
from enforcer.queries.evidence_history import CheckRow, ProblemRow
from enforcer.queries.evidence_recorders import RecorderWarning
from enforcer.queries.evidence_settings import EvidenceSettings
from enforcer.queries.evidence_states import problem_states
from ui.context import Context
from ui.evidence import deeds
from ui.evidence.words import NEXT_STEP, lies_words, size_words, when_words
from ui.fresh import Fresh
from ui.tasks import Cancelled, Job, Note
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, EmptyState, Scrolled, button, label
from ui.widgets.moments import show_day, show_moment
from ui.widgets.paged_model import Column
from ui.widgets.paged_table import Act, PagedTable

TABLES = frozenset(
    {"evidence_file", "evidence_check", "evidence_use", "setting", "recorder", "evidence_deletion"}
)


class KeepingTab(QWidget):
    """The check at the left, what is to be deleted and the recorders at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.problems: dict[int, ProblemRow] = {}
        self.checks: dict[int, CheckRow] = {}
        self.wrong: Mapping[int, ProblemKind] = {}
        self.job: Job | None = None
        self._just: tuple[str, str] | None = None
        self.banner = Banner()
        self.banner.hide()
        self.act = button("检查全部文件", "proven", main=True, on=self.check_all)
        self.stop = button("停下", on=self._stop)
        self.stop.hide()
        self.acts = ActBar(self.stop, self.act)
        self._make_tables()
        self.warnings = QVBoxLayout()
        self.warnings.setSpacing(6)
        self.delete_button = button("删除这些文件…", "delete", danger=True, on=self.delete_all)
        self.delete_acts = ActBar(self.delete_button)
        self.rule = label("", "quiet", wrap=True)
        self._lay_out()
        self.fresh = Fresh(self, context, TABLES, self.refresh)
        self.setFocusProxy(self.act)
        self.refresh()

    def _make_tables(self) -> None:
        context = self.context
        self.check_table = PagedTable(
            "evidence-checks",
            (
                Column("检查时间", lambda row: show_moment(row.finished_at), 140),
                Column("范围", _scope, 90),
                Column("文件", lambda row: f"{row.checked:,}", 60, right=True),
                Column("结果", _outcome, 132, tone=_tone, icon=_icon),
                Column("检查人", lambda row: row.actor, 90),
            ),
            lambda ids: [self.checks[one] for one in ids if one in self.checks],
            title="检查记录",
            empty=EmptyState(
                "还没有检查过。检查把每个文件重新读一遍，与登记时的校验值对照。", icon="proven"
            ),
        )
        self.problem_table = PagedTable(
            "evidence-problems",
            (
                Column("文件", lambda row: row.name, 186, tip=lambda row: row.path),
                Column("问题", lambda row: row.kind.label, 124, tone=self._tone_now,
                       icon=self._tone_now),
                Column("下一步", self._next_step, 266,
                       tip=lambda row: f"{row.say}\n{self._next_step(row)}"),
            ),
            lambda ids: [self.problems[one] for one in ids if one in self.problems],
            title="检查发现的问题",
            empty=EmptyState("这次检查没有发现问题。", icon="ok"),
            key=lambda row: row.file_id,
            acts=(
                Act("重新检查所选的文件", self.check_some, "proven"),
                Act("从录像备份取回…", lambda _ids: context.window.go("settings.backup"), "history"),
                Act("看这个文件的登记", lambda ids: context.window.go("evidence.files",
                    identity=ids[0]), "open", single=True),
            ),
        )  # fmt: skip
        self.due_table = PagedTable(
            "evidence-due",
            (
                Column("文件", lambda row: row.name, 200),
                Column("时间", when_words, 146),
                Column("大小", lambda row: size_words(row.size), 80, right=True),
                Column("保存到", lambda row: show_day(row.keep_until), 96),
                Column("存放", lies_words, 96),
                Column("理由", _why, 180),
            ),
            lambda ids: context.tasks.now(lambda store: evidence.file_rows(store, ids)),
            title="到期可以删除的文件",
            empty=EmptyState("没有到期的文件。案件在用的永远不会列在这里。", icon="ok"),
            acts=(
                Act("删除所选的文件…", self.delete, "delete", danger=True),
                Act("调整保存类别…", self.retain, "clock"),
                Act("看这个文件的登记", lambda ids: context.window.go("evidence.files",
                    identity=ids[0]), "open", single=True),
            ),
        )  # fmt: skip
        self.problem_table.show_ids([])
        self.check_table.selected.connect(self._selected)
        self.problem_table.opened.connect(
            lambda one: context.window.go("evidence.files", identity=one)
        )
        self.due_table.opened.connect(lambda one: context.window.go("evidence.files", identity=one))
        self.due_table.selection_told.connect(context.window.tell_selection)

    def _lay_out(self) -> None:
        left = Card(tight=True, spacing=6)
        top = QVBoxLayout()
        top.setContentsMargins(13, 6, 13, 4)
        top.setSpacing(8)
        top.addWidget(label("文件是否完好", "section"))
        top.addWidget(self.banner)
        top.addWidget(self.acts)
        left.body.addLayout(top)
        left.body.addWidget(self.check_table, 1)
        head = label("这次检查发现的问题", "strong")
        head.setContentsMargins(13, 4, 0, 0)
        left.body.addWidget(head)
        left.body.addWidget(self.problem_table, 1)
        due = Card(tight=True, spacing=4)
        top = QVBoxLayout()
        top.setContentsMargins(13, 6, 13, 4)
        top.setSpacing(4)
        top.addWidget(label("到期可以删除", "section"))
        top.addWidget(self.rule)
        due.body.addLayout(top)
        due.body.addWidget(self.due_table, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(13, 2, 13, 6)
        foot.addWidget(self.delete_acts)
        due.body.addLayout(foot)
        recorders = Card(spacing=6)
        recorders.body.setContentsMargins(18, 12, 10, 10)
        recorders.body.addWidget(label("执法仪快要覆盖的录像", "section"))
        inside = QWidget()
        inside.setLayout(self.warnings)
        self.warnings.setContentsMargins(0, 0, 8, 0)
        recorders.body.addWidget(Scrolled(inside), 1)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(due, 3)
        right.addWidget(recorders, 2)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addWidget(left, 1)
        columns.addLayout(right, 1)

    # what is shown

    def refresh(self) -> None:
        """Ask again for everything on this tab."""
        self.fresh.asked()
        today = self.context.clock.today()
        self.context.tasks.ask(
            lambda store: (
                evidence_history.checks(store),
                problem_states(store),
                evidence_history.check_due(store, today=today),
                evidence.deletable_ids(store, today=today),
                evidence_recorders.overwrite_warnings(store, today=today),
                evidence_settings.settings(store),
            ),
            self._show,
            owner=self,
            latest="keeping",
        )

    def _show(
        self,
        answer: tuple[
            list[CheckRow],
            Mapping[int, ProblemKind],
            bool,
            list[int],
            list[RecorderWarning],
            EvidenceSettings,
        ],
    ) -> None:
        checks, self.wrong, is_due, due, warnings, chosen = answer
        self.checks = {one.id: one for one in checks}
        self.check_table.show_ids([one.id for one in checks])
        if checks and not self.check_table.selected_ids():
            self.check_table.select(checks[0].id)
        self._tell(checks, chosen, is_due=is_due)
        self.due_table.show_ids(due)
        self.delete_acts.offer(self.delete_button, "" if due else "没有到期的文件")
        self.rule.setText(
            f"一般录像保存 {chosen.retention_label}；归到案件的长期保存，不会列在这里。"
            "由一名指定的人员核对名单、写明原因后才删除。"
        )
        self._show_warnings(warnings)

    def _tell(self, checks: Sequence[CheckRow], chosen: EvidenceSettings, *, is_due: bool) -> None:
        if self.job is not None:
            return
        if self._just is not None:
            self.banner.say(*self._just)
            return
        whole = next((one for one in checks if one.whole), None)
        if self.wrong:
            said = f"{len(self.wrong)} 个文件最近一次读到时有问题，选上那次检查，看下面的下一步。"
            self.banner.say("bad", said)
        elif is_due and whole is None:
            self.banner.say("warn", "全部文件还没有检查过，请检查一次。")
        elif is_due and whole is not None:
            last = show_moment(whole.finished_at)
            self.banner.say(
                "warn", f"上次全部检查是 {last}，已满 {chosen.check_days} 天，请检查一次。"
            )
        elif whole is not None:
            since = "有问题的后来检查都完好" if whole.problems else "都完好"
            when = show_moment(whole.finished_at)
            self.banner.say("ok", f"{when} 全部检查过一遍，{since}。")
        else:
            self.banner.say("info", "")

    def _show_warnings(self, warnings: Sequence[RecorderWarning]) -> None:
        while (item := self.warnings.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for one in warnings:
            made = Banner("bad" if one.late else "warn", one.say)
            self.warnings.addWidget(made)
        if not warnings:
            text = "没有执法仪快要覆盖还没有导入的录像。"
            self.warnings.addWidget(label(text, "quiet", wrap=True))
        self.warnings.addStretch()

    def _selected(self, ids: list[int]) -> None:
        if len(ids) != 1:
            return
        found = self.context.tasks.now(lambda store: evidence_history.problems(store, ids[0]))
        self.problems = {one.file_id: one for one in found}
        self.problem_table.show_ids(list(self.problems))

    def _tone_now(self, row: ProblemRow) -> str:
        return "bad" if row.file_id in self.wrong else "ok"

    def _next_step(self, row: ProblemRow) -> str:
        return NEXT_STEP[row.kind] if row.file_id in self.wrong else "后来检查完好，不用再办。"

    # the check

    def check_all(self) -> None:
        """Read every kept file again, with progress; it can be stopped."""
        self._check(CheckEvidenceForm())

    def check_some(self, ids: Sequence[int]) -> None:
        """Read these again: what the latest check of a file says is how it stands."""
        self._check(CheckEvidenceForm(file_ids=tuple(ids)))

    def _check(self, form: CheckEvidenceForm) -> None:
        if self.job is not None:
            return
        context, control = self.context, Control()

        def work(note: Note) -> CheckOutcome:
            def say(name: str, done: int, total: int) -> None:
                try:
                    note(done >> 20, max(total >> 20, 1), f"检查 {name}（MB）")
                except Cancelled:
                    control.cancel()

            return check_evidence(
                context.store,
                form,
                today=context.clock.today(),
                now=context.clock.now(),
                actor=context.actor,
                control=control,
                note=say,
            )

        self.acts.offer(self.act, "正在检查")
        self.stop.show()
        self.banner.say("info", "正在逐个重新读取，可以继续做别的事。")
        self._control = control
        job = context.tasks.work(
            work, self._checked, owner=self, what="检查证据文件", failed=self._failed
        )
        self.job = None if job.over else job

    def _stop(self) -> None:
        self._control.cancel()

    def _over(self) -> None:
        self.job = None
        self.stop.hide()
        self.acts.offer(self.act)

    def _failed(self, error: Exception) -> bool:
        del error
        self._over()
        return False

    def _checked(self, outcome: CheckOutcome) -> None:
        self._over()
        self.check_table.view.clearSelection()
        away = "；".join(f"“{name}”没有接上，{n} 个没有检查" for name, n in outcome.away.items())
        more = f"{away}。" if away else ""
        if outcome.problems:
            kind, said = "bad", f"{len(outcome.problems)} 个文件有问题，见下面的下一步。"
            self.problem_table.setFocus()
        elif not outcome.whole:
            kind, said = "warn", "检查停下了，没有做完，不算一次全部检查。"
        else:
            kind, said = "ok", "与登记时的校验值一致。"
        self._just = (kind, f"检查了 {outcome.checked} 个文件，{said}{more}")
        self.banner.say(*self._just)
        self.refresh()

    # deleting

    def delete(self, ids: Sequence[int]) -> None:
        """Ask a named person to confirm these."""
        rows = self.context.tasks.now(lambda store: evidence.file_rows(store, ids))
        self.dialog = deeds.delete(self, self.context, rows, self._deleted)

    def delete_all(self) -> None:
        """The rows selected, or the whole list."""
        self.delete(self.due_table.selected_ids() or list(self.due_table.model.ids))

    def retain(self, ids: Sequence[int]) -> None:
        """Put them into a class that is kept longer."""
        rows = self.context.tasks.now(lambda store: evidence.file_rows(store, ids))
        self.dialog = deeds.retain(self, self.context, rows, self.refresh)

    def _deleted(self) -> None:
        said = "到期文件已处理：登记和记录保留，留在原处的文件没有动。"
        self.context.window.message("ok", said)
        self.refresh()

    def hideEvent(self, event: Any) -> None:
        self._just = None
        super().hideEvent(event)


def _scope(row: CheckRow) -> str:
    if row.whole:
        return "每周检查" if row.scheduled else "全部"
    return "部分"


def _outcome(row: CheckRow) -> str:
    if row.problems:
        return f"{row.problems} 个有问题"
    return f"完好，{row.away} 个未接" if row.away else "完好"


def _tone(row: CheckRow) -> str:
    return "bad" if row.problems else "warn" if row.away else "ok"


def _icon(row: CheckRow) -> str:
    return {"bad": "bad", "warn": "warn", "ok": "ok"}[_tone(row)]


def _why(row: evidence.FileRow) -> str:
    return f"{row.retention.label}，期限已满，没有案件在用"
