"""What the office settles: open questions of the law, its own texts, folders, drafts."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

from pydantic import Field
from sqlmodel import Session

from enforcer import money
from enforcer.errors import Refused
from enforcer.law import parameters
from enforcer.models import Organ, Setting
from enforcer.operations import wording
from enforcer.operations.drafts import drop_draft, save_draft, take_draft
from enforcer.operations.editing import (
    SettingForm,
    block,
    changed_meanwhile,
    once,
    refuse_if,
)
from enforcer.operations.editions import (
    RestoreTemplateForm,
    TemplateEditionForm,
    restore_template,
    save_template_edition,
)
from enforcer.operations.officers import CERTIFICATE_PATTERN
from enforcer.operations.registry import operation
from enforcer.queries import office
from enforcer.queries.looking import version
from enforcer.store.database import Store
from enforcer.terms import PartyKind
from enforcer.text import OptionalLine

__all__ = [
    "AnswerForm",
    "BackupFolderForm",
    "FolderCheck",
    "PlainSettingForm",
    "RestoreTemplateForm",
    "TemplateEditionForm",
    "UnitForm",
    "answer_question",
    "check_backup_folder",
    "choose_backup_folder",
    "choose_unit",
    "drop_draft",
    "restore_template",
    "save_draft",
    "save_setting",
    "save_template_edition",
    "take_draft",
]
NEXT_STEP = "notice_next_step"
UNIT = "unit"
_PLAIN = {
    CERTIFICATE_PATTERN: "pattern",
    NEXT_STEP: "text",
}
"""Settings that are one line of text: key of the row → name inside it."""


class PlainSettingForm(SettingForm):
    """One line of text that the office may choose; blank goes back to none."""

    key: Literal["certificate_pattern", "notice_next_step"] = Field(title="设置")
    text: OptionalLine = Field(default="", title="内容")


class UnitForm(SettingForm):
    """The organ that speaks where no power source says which (guidance needs no power)."""

    organ_id: int = Field(title="机关")


class AnswerForm(SettingForm):
    """The office's answer to a question of the law data; a blank value is 待机关确认 again."""

    name: str = Field(title="事项")
    value: OptionalLine = Field(default="", title="确认的内容")
    document: OptionalLine = Field(default="", title="依据文件")
    document_number: OptionalLine = Field(default="", title="文号")


class BackupFolderForm(SettingForm):
    """Where backups that make themselves go; blank switches them off."""

    folder: OptionalLine = Field(default="", title="备份位置")


@dataclass(frozen=True, slots=True)
class FolderCheck:
    """Whether a folder can take backups: why not, or what to know about it."""

    fault: str = ""
    remark: str = ""


@operation("修改设置", PlainSettingForm)
def save_setting(
    store: Store,
    form: PlainSettingForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> str:
    """Set one line of text of the office."""
    if form.key == NEXT_STEP and (found := wording.courteous_faults(form.text)):
        raise Refused(*found)

    def deed(session: Session) -> str:
        return _put(session, form, form.key, {_PLAIN[form.key]: form.text})

    return once(store, form, name="save_setting", now=now, actor=actor, deed=deed)


@operation("选定默认机关", UnitForm)
def choose_unit(
    store: Store,
    form: UnitForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> str:
    """Say in whose name guidance is given where several organs could."""

    def deed(session: Session) -> str:
        organ = session.get(Organ, form.organ_id)
        if organ is None or not organ.enabled:
            refuse_if({"organ_id": "这个机关没有登记或者已停用，请重新选择。"})
        return _put(session, form, UNIT, {"organ_id": form.organ_id})

    return once(store, form, name="choose_unit", now=now, actor=actor, deed=deed)


@operation("确认本机关事项", AnswerForm)
def answer_question(
    store: Store,
    form: AnswerForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> str:
    """Enter what the office has confirmed; the law itself gives no value (待机关确认)."""
    question = parameters.setting(form.name)
    if question is None:
        raise block("unknown_question", f"法规数据里没有“{form.name}”这一事项。")
    value = _answer(question, form)

    def deed(session: Session) -> str:
        said = {
            "value": value,
            "document": form.document,
            "document_number": form.document_number,
        }
        return _put(session, form, office.LAW + form.name, said)

    return once(store, form, name="answer_question", now=now, actor=actor, deed=deed)


def _answer(question: parameters.Setting, form: AnswerForm) -> int | str | None:
    """The value in the unit the law data names: 分, days, years, or a word."""
    text = form.value
    if not text:
        return None
    if not form.document and question.unit not in ("party_kind", "choice"):
        refuse_if(
            {"document": "请写明依据哪个文件：没有依据的数值不能用来办案，留空则仍为待机关确认。"}
        )
    if question.unit == "fen":
        try:
            return money.parse_yuan(text, label="数额")
        except ValueError as wrong:
            refuse_if({"value": str(wrong)})
    if question.unit == "party_kind":
        kinds = {one.value: one for one in (PartyKind.CITIZEN, PartyKind.LEGAL_PERSON)}
        if text not in kinds:
            refuse_if({"value": "请选择“按公民”或者“按法人、其他组织”。"})
        return text
    if question.unit == "choice":
        if question.choices and text not in question.choices:
            refuse_if({"value": f"请从这几个答案里选择：{'、'.join(question.choices)}。"})
        return text
    if not (text.isascii() and text.isdecimal() and 0 < int(text) <= 100_000):
        unit = "年" if question.unit == "years" else "天"
        refuse_if({"value": f"请填写大于零的整数（{unit}）。"})
    return int(text)


@operation("选定备份位置", BackupFolderForm)
def choose_backup_folder(
    store: Store,
    form: BackupFolderForm,
    *,
    today: date,  # noqa: ARG001
    now: datetime,
    actor: str,
) -> str:
    """Name the folder that daily backups go to; it has to be there and to take a file."""
    if form.folder:
        refuse_if({"folder": check_backup_folder(store, form.folder).fault})

    def deed(session: Session) -> str:
        return _put(session, form, office.BACKUP_FOLDER, {"folder": form.folder})

    return once(store, form, name="choose_backup_folder", now=now, actor=actor, deed=deed)


def check_backup_folder(store: Store, folder: str) -> FolderCheck:
    """Try the folder: absolute, outside the data home, writable; a remark when on the same disk."""
    path = Path(folder).expanduser()
    home = store.home.resolve()
    if not path.is_absolute():
        return FolderCheck(f"“{folder}”不是完整的路径，请用“选择文件夹”选定。")
    try:
        resolved = path.resolve()
        if resolved == home or home in resolved.parents:
            return FolderCheck("备份不能放在数据目录里面：磁盘坏了会一起丢失。请选别的磁盘。")
        path.mkdir(parents=True, exist_ok=True)
        probe = path / f".enforcer-{uuid4().hex[:8]}"
        probe.write_bytes(b"1")
        probe.unlink()
        same = os.stat(path).st_dev == os.stat(home).st_dev  # noqa: PTH116
    except OSError as error:
        return FolderCheck(
            f"“{folder}”写不进去：{error.strerror or error}。请检查磁盘和权限，或者另选文件夹。"
        )
    remark = "这个文件夹和数据在同一块磁盘上，磁盘损坏时会一起丢失；最好选移动硬盘或另一块磁盘。"
    return FolderCheck(remark=remark if same else "")


def _put(session: Session, form: SettingForm, key: str, value: dict[str, Any]) -> str:
    row = session.get(Setting, key)
    if row is not None and form.loaded and form.loaded != version(row):
        raise changed_meanwhile(session, [("setting", key)], "设置")
    row = row or Setting(key=key)
    if row.value != value:
        row.value = value
    session.add(row)
    return key
