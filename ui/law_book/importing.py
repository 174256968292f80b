"""What the import dialog needs to know of a part of the office's law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from enforcer.exchange.law_sheets import LAW_SHEETS
from enforcer.operations import law_book as deeds
from ui.widgets.import_dialog import Import, Take

if TYPE_CHECKING:
    from enforcer.operations.ledgers import ImportReport
    from ui.context import Context


def law_import(context: Context, kind: str) -> Import:
    """The import of amounts, tiers, lists or another part of the law."""
    sheet = LAW_SHEETS[kind]
    names = "、".join(one.header for one in sheet.columns)

    def run(store: Any, take: Take) -> ImportReport:
        form = deeds.ImportLawForm(
            request_id=take.request_id,
            path=take.path,
            kind=cast("Any", sheet.kind),
            dry_run=take.is_look,
        )
        clock = context.clock
        return deeds.import_law(
            store, form, today=clock.today(), now=clock.now(), actor=context.actor
        )

    how = (
        f"第一行是列名，一列不多一列不少：{names}。用“导出 Excel”得到的就是这张表，"
        "填好再导入；已有的内容不会重复。"
    )
    return Import(f"law-{kind}", sheet.title, how, run, known="已经有或者还没填的")
