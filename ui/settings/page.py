"""设置: organs, powers, numbers, the ladder, the notice's words, open questions, backups, looks."""

from __future__ import annotations

from typing import Any, Final

from ui.context import Context
from ui.tabbed_page import TabbedPage

TABS: Final = (
    ("organs", "机关", "ui.settings.organs:OrgansTab"),
    ("powers", "权力来源与事项", "ui.settings.powers:PowersTab"),
    ("numbers", "编号", "ui.settings.numbers:NumbersTab"),
    ("ladder", "告知阶梯", "ui.settings.ladder:LadderTab"),
    ("words", "告知书文字", "ui.settings.words:WordsTab"),
    ("questions", "待确认事项", "ui.settings.questions:QuestionsTab"),
    ("amounts", "本地罚款幅度", "ui.settings.amounts:AmountsTab"),
    ("backup", "备份", "ui.settings.backup:BackupTab"),
    ("looks", "外观与录入", "ui.settings.looks:LooksTab"),
)


class SettingsPage(TabbedPage):
    """The settings; `go("settings.organs", field, id)` leads to the place a finding names."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "设置", TABS)

    def open_section(self, name: str, field: str = "", identity: Any = None) -> None:
        """Show a section; `numbers` is told by organ and paper what is missing."""
        if name == "numbers" and field:
            tab = self.tab(name)
            tab.start_for(identity, field)  # type: ignore[attr-defined]
            return
        super().open_section(name, field, identity)
