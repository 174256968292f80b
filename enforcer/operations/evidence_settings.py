"""What the office chooses about evidence: names of files, hashes, folder, periods."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field
from sqlmodel import Session

from enforcer.exchange import media_names
from enforcer.models import Setting
from enforcer.operations.editing import SettingForm, changed_meanwhile, once, refuse_if
from enforcer.operations.office import check_backup_folder
from enforcer.operations.registry import operation
from enforcer.queries.evidence_settings import (
    CHECK_DAYS,
    KEY,
    OVERWRITE_DAYS,
    TOLERANCE_SECONDS,
    UPLOAD_HOURS,
)
from enforcer.queries.looking import version
from enforcer.store.database import Store
from enforcer.text import OptionalLine


class EvidenceSettingsForm(SettingForm):
    """The choices; blank or none goes back to the usual. `…_days` None: kept for good."""

    patterns: tuple[str, ...] = Field(default=(), title="文件名格式", max_length=20)
    sm3: bool = Field(default=False, title="另外计算 SM3 校验值")
    folder: OptionalLine = Field(default="", title="证据文件夹")
    check_days: int = Field(default=CHECK_DAYS, title="几天检查一次", ge=1, le=60)
    overwrite_days: int = Field(default=OVERWRITE_DAYS, title="执法仪存满几天后覆盖", ge=1, le=365)
    upload_hours: int = Field(default=UPLOAD_HOURS, title="几小时内导入", ge=1, le=720)
    tolerance_seconds: int = Field(
        default=TOLERANCE_SECONDS, title="时间相差几秒以内不提示", ge=0, le=3600
    )
    obstruction_days: int | None = Field(
        default=None, title="阻碍执法的录像保存天数", ge=180, le=100_000
    )
    major_days: int | None = Field(
        default=None, title="重大、疑难事件的录像保存天数", ge=180, le=100_000
    )


@operation("设置证据管理", EvidenceSettingsForm)
def save_evidence_settings(
    store: Store,
    form: EvidenceSettingsForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> str:
    """Keep the choices; files already kept stay where they lie."""
    wrong = [
        f"第{at}条：{why}"
        for at, one in enumerate(form.patterns, 1)
        if (why := media_names.wrong_with(one))
    ]
    refuse_if({"patterns": "".join(wrong)})
    if form.folder and (fault := check_backup_folder(store, form.folder).fault):
        refuse_if({"folder": fault.replace("备份不能放在", "另选的证据文件夹不能放在")})

    def deed(session: Session) -> str:
        row = session.get(Setting, KEY)
        if row is not None and form.loaded and form.loaded != version(row):
            raise changed_meanwhile(session, [("setting", KEY)], "证据设置")
        row = row or Setting(key=KEY)
        value = form.model_dump(mode="json", exclude={"request_id", "loaded"})
        if tuple(form.patterns) == media_names.DEFAULTS:
            value["patterns"] = []
        if row.value != value:
            row.value = value
        session.add(row)
        return KEY

    return once(store, form, name="save_evidence_settings", now=now, actor=actor, deed=deed)
