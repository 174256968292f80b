"""法规清单: the law by item, by statute and by day; the office's own law entered and corrected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, cast

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QWidget

from enforcer.errors import LawDataError
from enforcer.exchange.law_sheets import LAW_SHEETS
from enforcer.law import trust
from enforcer.operations import law_book as deeds
from ui.context import Context
from ui.law_book.flowcharts import FlowchartDialog
from ui.law_book.law_tab import LawTab
from ui.law_book.wall_papers import WallPaperDialog
from ui.tabbed_page import TabbedPage
from ui.widgets.banner import Banner
from ui.widgets.basics import button, label
from ui.widgets.moments import DateEdit

TABS: Final = (
    ("catalogue", "违法行为", "ui.law_book.catalogue:CatalogueTab"),
    ("comparison", "新旧对照", "ui.law_book.comparison:ComparisonTab"),
    ("statutes", "法律法规", "ui.law_book.statutes:StatutesTab"),
    ("tiers", "裁量基准", "ui.law_book.tiers:TiersTab"),
    ("lists", "三张清单", "ui.law_book.lists:ListsTab"),
    ("amounts", "本地幅度", "ui.law_book.amounts:AmountsTab"),
    ("holidays", "放假与期限", "ui.law_book.holidays:HolidaysTab"),
    ("powers", "权力来源", "ui.law_book.powers:PowersTab"),
    ("papers", "文书模板", "ui.law_book.papers:PapersTab"),
    ("first_violation", "初次违法核查", "ui.law_book.first_violation:FirstViolationTab"),
    ("changes", "变动影响", "ui.law_book.changes:ChangesTab"),
)
KEYS: Final = "1234567890-"


class LawBookPage(TabbedPage):
    """The law as this program knows it: dated, with its article and whether it was checked."""

    def __init__(
        self,
        context: Context,
        untrusted: Callable[[], Sequence[LawDataError]] = trust.problems,
    ) -> None:
        super().__init__(context, "法规清单", TABS)
        self.trust = Banner("bad")
        self.body.insertWidget(1, self.trust)
        self.tell_untrusted(untrusted())
        self.add_act("从 Excel 导入法规数据…", self.import_excel, icon="import")
        self.add_act("导出法规数据…", self.export_excel, icon="export")
        self.add_act("办案流程图…", self.show_flowcharts, keys="Ctrl+M", icon="pdf")
        self.add_act("权责清单和公示栏…", self.show_wall_papers, keys="Ctrl+Shift+M", icon="pdf")
        self.add_act("换一天看", self.go_to_day, keys="Ctrl+D", icon="calendar")
        for at, act in enumerate(one for one in self.actions() if "：" in one.text()):
            act.setShortcut(QKeySequence(f"Alt+{KEYS[at]}"))
            self.bar.setTabToolTip(at, f"Alt+{KEYS[at]}")

    def extra_buttons(self) -> Sequence[QWidget]:
        today = self.context.clock.today
        self.day_label = label("看哪一天的", "label")
        self.day = DateEdit(today)
        self.day.write(today())
        self.day.setFixedWidth(150)
        self.day.setAccessibleName("看哪一天的法律")
        self.day.edited.connect(self._show_day)
        self.import_button = button("从 Excel 导入", "import", on=self.import_excel)
        self.export_button = button("导出 Excel", "export", on=self.export_excel)
        self.chart_button = button("流程图", "pdf", on=self.show_flowcharts)
        self.chart_button.setToolTip("上墙的办案流程图　Ctrl+M")
        self.wall_button = button("权责清单", "pdf", on=self.show_wall_papers)
        self.wall_button.setToolTip("权责清单和公示栏　Ctrl+Shift+M")
        return (
            self.day_label, self.day, self.import_button, self.export_button, self.chart_button,
            self.wall_button,
        )  # fmt: skip

    def tell_untrusted(self, problems: Sequence[LawDataError], shown: int = 2) -> None:
        """Name the parts of the law data that were refused, each with file and line."""
        if not problems:
            self.trust.hide()
            return
        listed = "\n".join(str(one) for one in problems[:shown])
        rest = len(problems) - shown
        self.trust.say(
            "bad",
            f"法规数据有 {len(problems)} 处不可信，没有采用；其余照常使用。\n{listed}",
            act=f"另有 {rest} 处" if rest > 0 else "",
            on=lambda: self.tell_untrusted(problems, len(problems)),
        )

    # what is in view

    @property
    def law_tab(self) -> LawTab | None:
        """The tab in view when it holds the office's own law."""
        return self.current if isinstance(self.current, LawTab) else None

    def _show_tab(self, at: int) -> None:
        made = len(self._made)
        super()._show_tab(at)
        tab: Any = self.current
        if len(self._made) > made:
            if isinstance(tab, LawTab):
                tab.touches_asked.connect(self.show_touched)
            if hasattr(tab, "comparison_asked"):
                tab.comparison_asked.connect(self.compare)
        dated = hasattr(tab, "show_day")
        dated = dated and self._tabs[at][0] != "holidays"
        self.day_label.setVisible(dated)
        self.day.setVisible(dated)
        self.import_button.setVisible(isinstance(tab, LawTab))
        self.export_button.setVisible(isinstance(tab, LawTab))
        self._show_day()

    def _show_day(self) -> None:
        day = self.day.read()
        show = getattr(self.current, "show_day", None)
        if day is not None and show is not None:
            show(day)

    def go_to_day(self) -> None:
        """Go to the day the law is looked at on."""
        if self.day.isVisible():
            self.day.setFocus()
            self.day.selectAll()

    def go_to_search(self) -> None:
        """Go to the search field of the tab in view."""
        search = getattr(self.current, "search", None)
        if search is not None:
            search.setFocus()

    def compare(self, key: str, day: date) -> None:
        """Lay the law of the act's day beside today's."""
        tab: Any = self.tab("comparison")
        tab.show_item(key, day)

    def show_touched(self, title: str, found: object) -> None:
        """List all that an entry touches."""
        tab: Any = self.tab("changes")
        tab.show_touched(title, found)

    def open_section(self, name: str, field: str = "", identity: Any = None) -> None:
        """Show a tab; a row of it; in the holidays a rule of the calculator."""
        if name == "holidays" and field:
            tab: Any = self.tab(name)
            tab.calculator.rule.write(field)
            return
        super().open_section(name, field, identity)
        shown: Any = self.current
        if identity is not None and name in {"catalogue", "statutes", "papers"}:
            shown.show_item(identity)

    def show_flowcharts(self) -> None:
        """Look at the charts for the wall, print or save them."""
        self.flowchart_dialog = FlowchartDialog(self, self.context)
        self.flowchart_dialog.open()

    def show_wall_papers(self) -> None:
        """Look at the list of powers and the notice board, print or save them."""
        self.wall_dialog = WallPaperDialog(self, self.context)
        self.wall_dialog.open()

    # Excel

    def import_excel(self) -> None:
        """Take a workbook into the part of the law in view."""
        if self.law_tab is not None:
            from ui.imports import ImportLedgerDialog

            self.import_dialog = ImportLedgerDialog(self, self.context, self.law_tab.kind)
            self.import_dialog.open()

    def export_excel(self) -> None:
        """Ask for a file, and write the part of the law in view into it."""
        if self.law_tab is None:
            return
        title = LAW_SHEETS[self.law_tab.kind].title
        name, _ = QFileDialog.getSaveFileName(
            self, f"导出{title}", f"{title}.xlsx", "Excel 工作簿 (*.xlsx)"
        )
        if name:
            self.export_to(Path(name if name.lower().endswith(".xlsx") else f"{name}.xlsx"))

    def export_to(self, path: Path) -> None:
        """Write the part in view to this file; a file dialog has asked about overwriting."""
        if self.law_tab is None:
            return
        context, kind = self.context, self.law_tab.kind
        form = deeds.ExportLawForm(path=path, kind=cast("Any", kind), overwrite=True)
        context.carry_out(
            deeds.export_law,
            form,
            lambda written: context.window.message(
                "ok", f"已导出 {written.rows} 行到 {written.path}。{''.join(written.remarks)}"
            ),
            owner=self,
        )
