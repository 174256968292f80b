"""设置: organs, powers, numbers, the ladder, the notice's words, open questions, backups, looks."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtGui import QKeySequence

from ui.context import Context
from ui.law_book.wall_papers import WallPaperDialog
from ui.tabbed_page import TabbedPage

TABS: Final = (
    ("organs", "机关", "ui.settings.organs:OrgansTab"),
    ("powers", "权力来源与事项", "ui.settings.powers:PowersTab"),
    ("numbers", "编号", "ui.settings.numbers:NumbersTab"),
    ("numbering", "编号方式", "ui.settings.numbering:NumberingTab"),
    ("ladder", "告知阶梯", "ui.settings.ladder:LadderTab"),
    ("words", "告知书文字", "ui.settings.words:WordsTab"),
    ("templates", "文书模板", "ui.templates:TemplatesTab"),
    ("chains", "审批层级", "ui.settings.chains:ChainsTab"),
    ("questions", "待确认事项", "ui.settings.questions:QuestionsTab"),
    ("backup", "备份", "ui.settings.backup:BackupTab"),
    ("looks", "外观与录入", "ui.settings.looks:LooksTab"),
    ("dossier", "案卷", "ui.settings.dossier:DossierTab"),
    ("users", "用户", "ui.settings.users:users_tab"),
    ("log", "操作记录", "ui.settings.log:log_tab"),
)
KEYS: Final = "1234567890-=[]"


class SettingsPage(TabbedPage):
    """The settings; `go("settings.organs", field, id)` leads to the place a finding names."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "设置", TABS)
        for at, act in enumerate(one for one in self.actions() if "：" in one.text()):
            act.setShortcut(QKeySequence(f"Alt+{KEYS[at]}"))
            self.bar.setTabToolTip(at, f"Alt+{KEYS[at]}")
        self.add_act("权责清单和公示栏…", self.show_wall_papers, keys="Ctrl+Shift+M", icon="pdf")

    def show_wall_papers(self) -> None:
        """Look at the list of powers and the notice board, print or save them."""
        self.wall_dialog = WallPaperDialog(self, self.context)
        self.wall_dialog.open()

    def open_section(self, name: str, field: str = "", identity: Any = None) -> None:
        """Show a section; `numbers` is told by organ and paper what is missing."""
        if name == "numbers" and field:
            tab = self.tab(name)
            tab.start_for(identity, field)  # type: ignore[attr-defined]
            return
        super().open_section(name, field, identity)
        if name == "templates" and identity is not None:
            self.current.show_item(identity)  # type: ignore[attr-defined]

    def edit(self) -> None:
        """Go into the row selected, in a register or in the list of templates."""
        edit = getattr(self.current, "edit", None)
        if edit is not None:
            edit()

    def go_to_search(self) -> None:
        """Go to the search field of the tab in view."""
        search = getattr(self.current, "search", None)
        if search is not None:
            search.setFocus()
