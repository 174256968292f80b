"""录像备份: a second copy of every recording on another disk, how it stands, and taking back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from enforcer.operations.editing import wrong_fields
from enforcer.operations.office import check_backup_folder
from enforcer.operations.recording_copies import (
    CopyOutcome,
    CopySettingsForm,
    save_copy_settings,
)
from enforcer.operations.recording_restores import TakenBack
from enforcer.queries import office, recording_copies
from enforcer.queries.recording_copies import CopySettings, Standing
from ui import recordings
from ui.context import Context
from ui.failures import in_place
from ui.folder_edit import FolderEdit
from ui.settings.restores import TakeBackDialog
from ui.tasks import Cancelled
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, button, label
from ui.widgets.field import Field
from ui.widgets.form import FormBinder
from ui.widgets.inputs import CountEdit, Tick
from ui.widgets.moments import show_moment

ADVICE = (
    "每天的备份做完，把还没有副本的录像补进去，逐个读回核对，附录像台账。",
    "副本在“执法录像备份”文件夹里，别的文件不动，从不删除；断了以后接着补。",
)
SHOWN = 5


class RecordingsCard(Card):
    """The switch, the folder, how the copies stand; a run now, and recordings taken back."""

    def __init__(self, context: Context) -> None:
        super().__init__("录像备份", spacing=12)
        self.setMaximumWidth(760)
        self.context = context
        self._chosen = CopySettings("")
        self._shown: dict[str, Any] = {}
        self._beside = ""
        self._job = False
        self.state, self.banner = Banner("info"), Banner()
        self.banner.hide()
        self.fields = {
            "on": Field("录像一并备份", Tick("录像一并备份"), bare=True),
            "folder": Field(
                "录像备份位置",
                FolderEdit("选择录像备份位置", placeholder="留空：和备份放在一起"),
            ),
            "warn_days": Field(
                "案件在用的录像几天没有副本就在“今日”提醒", CountEdit(least=1, most=365, unit="天")
            ),
        }
        self.back_button = button("取回录像…", "history", on=self.ask_back)
        self.again_button = button("重新核对副本", "proven", on=lambda: self.bring(again=True))
        self.now_button = button("立即备份录像", "backup", on=self.bring)
        self.save_button = button("保存", main=True, on=self.save)
        self.more = ActBar(self.back_button, self.again_button)
        self.acts = ActBar(self.now_button, self.save_button)
        self.binder = FormBinder(
            self.fields, check=lambda given: wrong_fields(CopySettingsForm, given), parent=self
        )
        self.binder.edited.connect(self._offer)
        self.body.addWidget(self.state)
        for field in self.fields.values():
            self.body.addWidget(field)
        self.body.addWidget(self.banner)
        for one in ADVICE:
            self.body.addWidget(label(one, "quiet", wrap=True))
        self.body.addWidget(self.more)
        self.body.addWidget(self.acts)

    @property
    def start(self) -> str:
        """Where copies are looked for first."""
        return self._chosen.folder or self._beside

    def refresh(self) -> None:
        """Ask again how the copies stand."""
        today = self.context.clock.today()
        self.context.tasks.ask(
            lambda store: (
                recording_copies.settings(store),
                recording_copies.standing(store, today=today),
                office.backup_folder(store),
            ),
            lambda known: self._know(*known),
            owner=self,
            latest="recordings",
        )

    def _know(self, chosen: CopySettings, stand: Standing, beside: str) -> None:
        self._chosen, self._beside = chosen, beside
        self.binder.set_values(
            {"on": chosen.on, "folder": chosen.folder, "warn_days": chosen.warn_days}
        )
        self._shown = self.binder.values()
        self.state.say(*_standing(stand))
        self._offer()

    def _offer(self) -> None:
        changed = bool(self._shown) and self.binder.values() != self._shown
        self.acts.offer(self.save_button, "" if changed else "没有改动")
        why = "正在进行…" if self._job else "先打开并保存" if not self._chosen.on else ""
        why = why or ("先保存改动" if changed else "")
        self.acts.offer(self.now_button, why)
        self.again_button.setEnabled(not why)
        self.again_button.setToolTip(why)
        self.back_button.setEnabled(not self._job)

    def save(self) -> None:
        """Keep the choice after trying the folder."""
        if not self.save_button.isEnabled() or not self.binder.ready():
            return
        context, given = self.context, self.binder.values()
        form = CopySettingsForm(request_id=uuid4(), loaded=self._chosen.version, **given)
        folder = str(given["folder"] or self._beside)

        def deed(store: Any) -> str:
            today, now = context.clock.today(), context.clock.now()
            save_copy_settings(store, form, today=today, now=now, actor=context.actor)
            return check_backup_folder(store, folder).remark if form.on else ""

        context.tasks.do(deed, self._saved, owner=self, failed=in_place(self.banner, self.binder))

    def _saved(self, remark: str) -> None:
        self.banner.say("warn" if remark else "ok", f"已保存。{remark}")
        self.refresh()

    # the runs

    def bring(self, *, again: bool = False) -> None:
        """Copy what has no copy yet; `again` reads those that are there once more."""
        context = self.context
        job = recordings.bring(context.store, context.clock, context.actor, again=again)
        self._start()
        context.tasks.work(job, self._brought, owner=self, what="备份录像", failed=self._failed)

    def ask_back(self) -> None:
        """Ask where the copies lie, then take back what is lost here."""
        self.dialog = TakeBackDialog(self, self.start)
        self.dialog.accepted.connect(self._take_back)
        self.dialog.open()

    def _take_back(self) -> None:
        context, dialog = self.context, self.dialog
        job = recordings.take_back(
            context.store,
            context.clock,
            context.actor,
            dialog.folder,
            referenced=dialog.referenced.read(),
        )
        self._start()
        context.tasks.work(job, self._back, owner=self, what="取回录像", failed=self._failed)

    def _start(self) -> None:
        self._job = True
        self._offer()

    def _brought(self, made: CopyOutcome | None) -> None:
        if made is not None:
            self._tell(made.told, made.problems, well=made.done)
        self._over()

    def _back(self, made: TakenBack) -> None:
        self._tell(made.told, made.problems, well=not made.say and not made.absent)
        self._over()

    def _tell(self, told: str, problems: tuple[str, ...], *, well: bool) -> None:
        more = f"\n……共 {len(problems)} 个" if len(problems) > SHOWN else ""
        kind = "ok" if well and not problems else "warn"
        self.banner.say(kind, "\n".join((told, *problems[:SHOWN])) + more)

    def _failed(self, error: Exception) -> bool:
        said = "已停下。" if isinstance(error, Cancelled) else str(error)
        self.banner.say("bad", said)
        self._over()
        return bool(said)

    def _over(self) -> None:
        self._job = False
        self.refresh()


def _standing(stand: Standing) -> tuple[str, str]:
    if not stand.files:
        return "info", "还没有录像。"
    last = stand.last
    when = f"上次 {show_moment(last.finished_at or last.began_at)}" if last else "还没有备份过"
    disk = f"，在“{last.label}”" if last and last.label else ""
    ended = f"，{last.state.label.replace('导入', '进行')}" if last and last.say else ""
    said = f"{stand.files:,} 个文件，{stand.copied:,} 个有核对过的副本。{when}{disk}{ended}。"
    if stand.held_without:
        return "warn", f"{said}案件在用的还有 {stand.held_without:,} 个没有副本。"
    return "ok" if stand.copied == stand.files else "info", said
