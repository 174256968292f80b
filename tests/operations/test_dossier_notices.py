"""The courteous notice a penalty follows is bound in its dossier, alone out of its batch."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from enforcer.operations import dossier
from enforcer.operations.dossier import DossierForm, DossierOut
from enforcer.operations.notice_forms import PerSheet
from enforcer.store.database import Store
from tests.factories import an_office
from tests.operations.summary_desk import a_form, decide
from tests.operations.test_notices_batch import Desk


def bound(desk: Desk, case_id: int) -> DossierOut:
    form = DossierForm(case_id=case_id)
    return dossier.export_dossier(desk.store, form, today=desk.today, now=desk.now, actor="周敏")


@pytest.mark.parametrize("per_sheet", [1, 2, 4])
def test_the_notice_that_led_to_the_case_is_bound_alone(
    store: Store, today: date, now: datetime, tmp_path: Path, per_sheet: PerSheet
) -> None:
    desk = Desk(store, an_office(store), today, now, tmp_path)
    desk.issue(
        {}, {"号牌号码": "湘JD03127"}, {"号牌号码": "无号牌", "号牌颜色": ""}, per_sheet=per_sheet
    )
    taken = desk.rows()[1]
    made = decide(store, a_form(desk.office, notice_id=taken.id))
    found = bound(desk, made.case_id)
    assert [one.title for one in found.entries] == ["当场行政处罚决定书", "温馨告知书"]
    entry = found.entries[1]
    assert (entry.number, entry.on, entry.first, entry.last) == (
        taken.number, taken.noticed_on, 2, 2,
    )  # fmt: skip
    pages = PdfReader(BytesIO(found.pdf)).pages
    said = "".join(pages[2 + 1].extract_text().split())
    assert taken.number in said
    assert "湘JD03127" in said.replace("·", "")
    assert "湘J8K216" not in said.replace("·", "")


def test_a_case_without_a_notice_has_none(
    store: Store, today: date, now: datetime, tmp_path: Path
) -> None:
    desk = Desk(store, an_office(store), today, now, tmp_path)
    desk.issue({})
    made = decide(store, a_form(desk.office))
    assert [one.title for one in bound(desk, made.case_id).entries] == ["当场行政处罚决定书"]
