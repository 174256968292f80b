"""备份: where daily backups go, how the last one stands, and one at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from enforcer.operations import backup
from enforcer.operations import office as deeds
from enforcer.operations.backup import LastBackup
from enforcer.operations.recording_restores import Restored
from enforcer.operations.registry import permit
from enforcer.queries import office
from ui import recordings
from ui.context import Context
from ui.failures import in_place
from ui.folder_edit import FolderEdit
from ui.settings.recordings import RecordingsCard
from ui.settings.restores import RestoreDialog
from ui.tasks import Note
from ui.widgets.banner import Banner
from ui.widgets.basics import ActBar, Card, Scrolled, button, label
from ui.widgets.field import Field
from ui.widgets.form import FormBinder
from ui.widgets.moments import show_moment

ADVICE = (
    "每天第一次打开和退出时自动备份到这里，每一份都试恢复过才算数。",
    "最好选移动硬盘或者另一块磁盘：与数据放在同一块磁盘上，磁盘坏了会一起丢失。",
    "备份里有全部案件和文书，不含录像；请放在上锁的地方。",
)


class BackupTab(QWidget):
    """The folder, the state of the last backup, and a backup now."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._kept, self._version, self._stale = "", "", True
        self.banner = Banner()
        self.banner.hide()
        self.state = Banner("info")
        self.folder = Field(
            "备份位置", FolderEdit("选择备份位置", placeholder="选择文件夹，留空则不自动备份")
        )
        self.restore_button = button("从备份恢复…", "history", on=self.ask_restore)
        self.now_button = button("立即备份", "backup", on=self.back_up)
        self.save_button = button("保存", main=True, keys="Ctrl+Enter", on=self.save)
        self.acts = ActBar(self.restore_button, self.now_button, self.save_button)
        self.acts.keep(context.against("back_up", "备份"), self.now_button)
        not_mine = context.against("choose_backup_folder", "选定备份位置")
        self.acts.keep(not_mine, self.save_button)
        self.binder = FormBinder({"folder": self.folder}, parent=self)
        self.folder.edited.connect(self._offer)
        card = Card("备份", spacing=12)
        card.setMaximumWidth(760)
        card.body.addWidget(self.state)
        card.body.addWidget(self.folder)
        card.body.addWidget(self.banner)
        for one in ADVICE:
            card.body.addWidget(label(one, "quiet", wrap=True))
        card.body.addWidget(self.acts)
        self.recordings = RecordingsCard(context)
        content = QWidget()
        inside = QHBoxLayout(content)
        inside.setContentsMargins(0, 0, 6, 0)
        inside.setSpacing(16)
        for column_of in (card, self.recordings):
            inside.addWidget(column_of, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Scrolled(content))
        self.setFocusProxy(self.folder)

    def refresh(self) -> None:
        """Ask again for the folder and the last backup."""
        self._stale = False
        self.recordings.refresh()

        def ask(store: Any) -> tuple[str, str, LastBackup | None]:
            return (
                office.backup_folder(store),
                office.setting_version(store, office.BACKUP_FOLDER),
                backup.last_backup(store),
            )

        self.context.tasks.ask(ask, lambda known: self._know(*known), owner=self, latest="known")

    def _know(self, folder: str, version: str, last: LastBackup | None) -> None:
        self._kept, self._version = folder, version
        self.folder.write(folder)
        if last is None:
            self.state.say("warn", "还没有备份过。选好位置后点“立即备份”。")
        else:
            self.state.say(
                "ok", f"上次验证可恢复：{show_moment(last.at)}　{last.path}", icon="proven"
            )
        self._offer()

    def _offer(self) -> None:
        changed = self.folder.read() != self._kept
        self.acts.offer(self.save_button, "" if changed else "没有改动")
        self.acts.offer(self.now_button, "" if self.folder.read() else "先选备份位置")

    def save(self) -> None:
        """Keep the folder after trying it."""
        if not self.save_button.isEnabled():
            return
        context, typed = self.context, self.folder.read()
        form = deeds.BackupFolderForm(request_id=uuid4(), loaded=self._version, folder=typed)

        def deed(store: Any) -> str:
            deeds.choose_backup_folder(
                store,
                form,
                today=context.clock.today(),
                now=context.clock.now(),
                actor=context.actor,
            )
            return deeds.check_backup_folder(store, typed).remark if typed else ""

        context.tasks.do(deed, self._saved, owner=self, failed=in_place(self.banner, self.binder))

    def _saved(self, remark: str) -> None:
        self.folder.set_error("")
        self.banner.say("warn" if remark else "ok", f"已保存。{remark}")
        self.refresh()

    def back_up(self) -> None:
        """Make a backup now and prove it."""
        context, folder = self.context, Path(self.folder.read())
        self.acts.offer(self.now_button, "正在备份…")

        def job(note: Note) -> str:
            permit(context.store, "back_up", "备份", actor=context.actor)
            made = backup.back_up(
                context.store,
                folder,
                now=context.clock.now(),
                actor=context.actor,
                note=lambda what, done, total: note(done, total, what),
            )
            return f"已备份并试恢复：{made.path.name}，{made.rows:,} 行，{made.files} 个文件。"

        context.tasks.work(job, self._made, owner=self, what="备份", failed=self._failed)

    def _made(self, say: str) -> None:
        self.acts.offer(self.now_button)
        self.banner.say("ok", say)
        self.refresh()

    def ask_restore(self) -> None:
        """Ask which backup goes where; the data in use stay as they are."""
        self.dialog = RestoreDialog(self, start=self.recordings.start)
        self.dialog.accepted.connect(self._restore)
        self.dialog.open()

    def _restore(self) -> None:
        context, dialog = self.context, self.dialog
        self.acts.offer(self.restore_button, "正在恢复…")
        archive = Path(str(dialog.archive.read()))
        job = recordings.restore(archive, dialog.home, dialog.folder, context.clock, context.actor)
        context.tasks.work(job, self._restored, owner=self, what="恢复", failed=self._failed)

    def _restored(self, made: Restored) -> None:
        self.acts.offer(self.restore_button)
        back = f"{made.recordings.told}" if made.recordings else "录像没有取回。"
        say = f"已恢复到“{made.home}”：{made.rows:,} 行，{made.files} 个文件。{back}"
        self.banner.say("ok", f"{say}用“enforcer --home {made.home}”打开。")

    def _failed(self, error: Exception) -> bool:
        self.acts.offer(self.restore_button)
        self.acts.offer(self.now_button)
        self.banner.say("bad", str(error))
        return bool(str(error))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
