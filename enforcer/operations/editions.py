"""The office's own text of a paper: an edition from a day on; the shipped one can come back."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field
from sqlmodel import Session, col, select

from enforcer.documents import template, template_source
from enforcer.errors import InvalidForm, Level, Refused
from enforcer.models import TemplateEdition
from enforcer.operations import template_check, wording
from enforcer.operations.editing import SettingForm, changed_meanwhile, once, refuse_if
from enforcer.operations.registry import operation
from enforcer.queries import office, templates
from enforcer.store.database import Store
from enforcer.text import Code, OptionalLine, Record


class TemplateEditionForm(SettingForm):
    """The office's own text of a template, for papers from a day on."""

    template_key: Code = Field(default=wording.NOTICE, title="文书")
    from_on: date = Field(title="启用日期")
    note: OptionalLine = Field(default="", title="修改说明")
    body: Record = Field(title="模板文字")


class RestoreTemplateForm(SettingForm):
    """Go back to the shipped text from a day on."""

    template_key: Code = Field(default=wording.NOTICE, title="文书")
    from_on: date = Field(title="启用日期")
    note: OptionalLine = Field(default="", title="修改说明")


@operation("保存文书文字", TemplateEditionForm)
def save_template_edition(
    store: Store, form: TemplateEditionForm, *, today: date, now: datetime, actor: str
) -> int:
    """Keep the office's own text of a template; papers issued before keep theirs."""
    _refuse_unknown(form.template_key)
    _refuse_past(form.from_on, today)
    found = template_check.check_body(form.template_key, form.body, on=form.from_on)
    if hard := [one for one in found if one.level is Level.BLOCK]:
        raise Refused(*hard)

    def deed(session: Session) -> int:
        return _edition(session, form, form.body, form.note, now=now, actor=actor)

    return once(store, form, name="save_template_edition", now=now, actor=actor, deed=deed)


@operation("恢复出厂文字", RestoreTemplateForm)
def restore_template(
    store: Store, form: RestoreTemplateForm, *, today: date, now: datetime, actor: str
) -> int:
    """Use the shipped text again, as one more edition, so that the course stays on record."""
    _refuse_unknown(form.template_key)
    _refuse_past(form.from_on, today)

    def deed(session: Session) -> int:
        body = office.shipped_body(form.template_key)
        note = form.note or "恢复出厂文字"
        return _edition(session, form, body, note, now=now, actor=actor)

    return once(store, form, name="restore_template", now=now, actor=actor, deed=deed)


def _refuse_unknown(key: str) -> None:
    known = templates.keys()
    if key not in known:
        raise InvalidForm({"template_key": f"没有“{key}”这种文书的模板，请从列表里选。"})


def _refuse_past(from_on: date, today: date) -> None:
    if from_on < today:
        refuse_if(
            {"from_on": f"启用日期 {from_on} 早于今天：已经签发的文书不能换文字，请选今天或以后。"}
        )


def _edition(
    session: Session,
    form: TemplateEditionForm | RestoreTemplateForm,
    body: str,
    note: str,
    *,
    now: datetime,
    actor: str,
) -> int:
    own = col(TemplateEdition.template_key) == form.template_key
    newest = session.exec(
        select(TemplateEdition).where(own).order_by(col(TemplateEdition.edition).desc()).limit(1)
    ).first()
    last, row_id = (newest.edition, newest.id) if newest else (office.SHIPPED, None)
    if form.loaded and form.loaded != str(last):
        raise changed_meanwhile(session, [("template_edition", str(row_id))], "文书文字")
    number = last + 1
    body = wording.with_texts(body, {}, version=f"{_base_version(body)}-本机关{number}")
    row = TemplateEdition(
        template_key=form.template_key,
        edition=number,
        from_on=form.from_on,
        body=template_source.with_note(body, note),
        saved_at=now,
        saved_by=actor,
    )
    template.load(row.body, where=f"{form.template_key} 第 {number} 版")
    session.add(row)
    session.flush()
    return number


def _base_version(body: str) -> str:
    return wording.version_of(body).split("-本机关")[0]
