"""How tests decide on the spot, and how that is refused."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from enforcer.errors import Refused
from enforcer.operations import summary
from enforcer.operations.summary import SummaryForm
from enforcer.store.database import Store
from enforcer.terms import (
    IdKind,
    PartyKind,
)
from tests.factories import Office

CHINA = ZoneInfo("Asia/Shanghai")


NOW = datetime(2026, 9, 3, 10, 12, tzinfo=CHINA)


ID_NUMBER = "430702198801011234"


def a_form(office: Office, **changes: Any) -> SummaryForm:
    """A blameless form: 占道, 200 元, two officers, defence waived, to be paid at the bank."""
    given: dict[str, Any] = {
        "party_kind": PartyKind.CITIZEN,
        "party_name": "李国强",
        "id_kind": IdKind.RESIDENT_ID,
        "party_id_number": ID_NUMBER,
        "party_address": "常德市武陵区建设路8号",
        "party_phone": "13873600000",
        "party_present": True,
        "item_key": "road_occupation",
        "acted_at": NOW - timedelta(minutes=30),
        "place": "武陵区桃林路118号门前人行道",
        "act": "擅自占用城市道路摆放水果货筐约三平方米",
        "evidence": "现场照片2张、执法记录仪视频2段",
        "facts_clear": True,
        "breached": "《城市道路管理条例》第二十七条第一项",
        "sanctioned_by": "《城市道路管理条例》第四十二条",
        "officer1_id": office.officers[0],
        "officer2_id": office.officers[1],
        "certificates_shown": True,
        "recorders": ("0700001", "0700002"),
        "defence": "waived",
        "kinds": ("fine",),
        "fine_yuan": "200",
        "correction": "立即清理占用道路的货物",
        "payment": "bank",
    }
    return SummaryForm.model_validate(given | changes)


def decide(store: Store, form: SummaryForm, now: datetime = NOW) -> summary.Decided:
    return summary.decide_on_the_spot(store, form, today=now.date(), now=now, actor="周敏")


def refused(store: Store, form: SummaryForm, now: datetime = NOW) -> dict[str, str]:
    with pytest.raises(Refused) as caught:
        decide(store, form, now)
    return {one.code: one.cite for one in caught.value.objections}
