"""The first steps of the spoil case, typed."""

from typing import Any

from PySide6.QtCore import Qt
from sqlmodel import col, select

from enforcer.course_terms import (
    LeadSource,
)
from enforcer.store.database import Store
from enforcer.terms import CaseStep, IdKind, PartyKind
from tests.ui.course_hand import Hand, at
from tests.ui.register_desk import CTRL, press

S = CaseStep


SHIFT = Qt.KeyboardModifier.ShiftModifier


COMPANY = "云溪顺达渣土运输有限公司"


def one_row(store: Store, table: Any) -> Any:
    with store.reading() as session:
        return session.exec(select(table).order_by(col(table.id).desc())).first()


def to_the_filing(hand: Hand) -> None:
    """Ctrl+Shift+N, the hotline's lead, its check, the proposal."""
    hand.page.list.table.setFocus()
    press(hand.qtbot, (Qt.Key.Key_N, CTRL | SHIFT))
    assert hand.page.stack.currentWidget() is hand.view
    hand.fill(
        source=LeadSource.HOTLINE,
        source_number="12345-2026-090701",
        received_at="2026-9-7 8:40",
        reply_due_on="2026-9-14",
        informant="张女士",
        informant_phone="13807300000",
        place="云溪大道与滨河路交叉口",
        content="有渣土车沿路撒土，路面大片泥土，扬尘很大。",
    )
    hand.take()
    assert hand.form.offer.step.key is S.LEAD_CHECKED
    hand.turn_to(at(9, 7, 11))
    hand.fill(findings="现场一辆自卸货车未密闭，沿途遗撒渣土约两立方米，属实。")
    hand.take()
    assert hand.form.offer.step.key is S.PROPOSED
    hand.turn_to(at(9, 8, 9))
    hand.fill(
        item_key="运输散装、流体物料的车辆未采取密闭",
        act="自卸货车湘F12345运输渣土未采取密闭措施，沿途遗撒约两立方米",
        acted_at="2026-9-7 8:30",
        plate="湘F12345",
        party_kind=PartyKind.LEGAL_PERSON,
        party_name=COMPANY,
        id_kind=IdKind.CREDIT_CODE,
        party_id_number="91110108551385082Q",
        legal_representative="李顺达",
        position="总经理",
        party_address="云溪市工业园3号",
        party_phone="13973000000",
        grounds="涉嫌违反生态环境法典第二百四十一条第一款，符合立案标准",
        words="建议立案，由周敏、何志远承办",
        officer1_id="YX070012",
        officer2_id="YX070019",
    )
    hand.take()
