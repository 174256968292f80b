"""How many levels sign, and who: the office's own chains (设置—审批层级)."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from enforcer import models
from enforcer.errors import InvalidForm
from enforcer.operations.editing import block, once
from enforcer.operations.lead_forms import ChainForm
from enforcer.operations.registry import operation
from enforcer.queries import course
from enforcer.queries.looking import version
from enforcer.store.database import Store
from enforcer.terms import OfficerPost

__all__ = ["save_sign_off_chain"]


@operation("设置审批层级", ChainForm)
def save_sign_off_chain(
    store: Store,
    form: ChainForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> str:
    """Set the levels of one matter: three to five, put forward by an officer, ended by the head."""

    def deed(session: Session) -> str:
        key = course.SIGN_OFF + form.matter.value
        row = session.get(models.Setting, key)
        if form.loaded and row is not None and form.loaded != version(row):
            raise block("changed_meanwhile", "审批层级已被改过，没有保存。请重新载入后再改。")
        wrong = {}
        if OfficerPost.OFFICER not in form.levels[0].posts:
            wrong["levels"] = "第一级由承办人呈报，岗位应当有“执法人员”。"
        if form.levels[-1].posts != (OfficerPost.HEAD,):
            wrong["levels"] = (
                "最后一级由行政机关负责人决定（行政处罚法第五十七条），岗位只能是“负责人”。"
            )
        if wrong:
            raise InvalidForm(wrong)
        row = row or models.Setting(key=key)
        row.value = {"levels": [one.model_dump(mode="json") for one in form.levels]}
        session.add(row)
        return key

    return once(store, form, name="save_sign_off_chain", now=now, actor=actor, deed=deed)
