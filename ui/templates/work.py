"""What the editor asks for in the background: the texts, the check, the paper, the empty form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from enforcer.documents import (
    evidence_list,
    evidence_specimen,
    specimen,
    template,
    template_blank,
    template_changes,
    template_pieces,
)
from enforcer.documents.facts import OrganOnPaper
from enforcer.documents.pictures import Picture
from enforcer.documents.template_pieces import Made
from enforcer.errors import Level, Objection, Trouble
from enforcer.operations import evidence_previews, template_check
from enforcer.operations.template_check import Edited
from enforcer.queries import templates
from enforcer.queries.templates import EditionInfo, Sample

BLANK = "blank"
_BLANKS = (("legal_person", "空白：当事人是单位"), ("citizen", "空白：当事人是公民"))


@dataclass(frozen=True, slots=True)
class Known:
    """All the editor is opened with."""

    editions: tuple[EditionInfo, ...]
    samples: tuple[Sample, ...]
    organ: OrganOnPaper | None

    @property
    def in_force(self) -> EditionInfo:
        return next(one for one in self.editions if one.in_force)

    @property
    def against(self) -> str:
        """The text in force; where it cannot be read, the shipped one that must replace it."""
        try:
            template.load(self.in_force.body, where="现行的文字")
        except Trouble:
            return self.editions[-1].body
        return self.in_force.body

    @property
    def last(self) -> int:
        return max(one.edition for one in self.editions)


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the editor: which paper, made from which text, with which words."""

    key: str
    origin: str
    texts: Mapping[str, str]
    sheet: Mapping[str, float]
    on: date

    def made(self) -> Made:
        return template_pieces.made(self.key, self.origin, self.texts, sheet=self.sheet)


@dataclass(frozen=True, slots=True)
class Look:
    """What came of it: the whole text, what is wrong, the paper or why there is none."""

    body: str
    found: tuple[Objection, ...]
    pdf: bytes = b""
    say: str = ""
    changed: bool = False
    fields: Mapping[str, Any] | None = None

    @property
    def refused(self) -> tuple[Objection, ...]:
        return tuple(one for one in self.found if one.level is Level.BLOCK)


def known(store: Any, key: str, on: date) -> Known:
    """The texts of a paper and what it can be previewed with."""
    blanks = [Sample(BLANK, kind, name) for kind, name in _BLANKS]
    if key == specimen.NOTICE or key in evidence_list.KEYS:
        blanks = [Sample(BLANK, _BLANKS[0][0], "空白：手写用")]
    found = [*templates.samples(store, key), *blanks]
    return Known(tuple(templates.editions(store, key, on)), tuple(found), templates.organ(store))


def look(
    store: Any,
    typed: Typed,
    sample: Sample,
    *,
    against: str,
    now: datetime,
    fields: Mapping[str, Any] | None,
    organ: OrganOnPaper | None,
) -> Look:
    """Put the words into the template, check it, and set the paper it makes.

    `against` is the text in force; `fields` those of the sample, where it was asked before.
    """
    try:
        made = typed.made()
        found = template_check.check(Edited(typed.key, made, typed.origin), on=typed.on)
        changed = not template_changes.same(typed.key, against, made.body)
    except Trouble as trouble:
        block = Objection("template_unreadable", Level.BLOCK, str(trouble), field="body")
        return Look("", (block,), changed=True)
    if any(one.code in template_check.FIRST for one in found):
        return Look(made.body, found, changed=changed, fields=fields)
    fields, say = _fields(store, typed.key, sample, fields, now=now)
    try:
        photos = _photos(store, typed.key, sample, fields)
        pdf = paper(typed.key, made.body, sample, fields, organ, photos)
    except Trouble as trouble:
        return Look(made.body, found, b"", f"{say}{trouble}", changed, fields)
    return Look(made.body, found, pdf, say, changed, fields)


def _fields(
    store: Any, key: str, sample: Sample, fields: Mapping[str, Any] | None, *, now: datetime
) -> tuple[Mapping[str, Any], str]:
    if sample.kind == BLANK:
        return {}, ""
    say = ""
    if sample.kind == "case" and not templates.has_paper(store, key, sample, now=now):
        say = "这个案件还没有办到这份文书，预览用的是样例。"
    return fields or templates.sample_fields(store, key, sample, now=now), say


def _photos(store: Any, key: str, sample: Sample, fields: Mapping[str, Any]) -> tuple[Picture, ...]:
    """What stands in the frame of a photo page: the photo it names, else the drawn one."""
    if key != evidence_list.PHOTOS or sample.kind == BLANK:
        return ()
    if sample.kind == "specimen":
        return (evidence_specimen.picture(),)
    return (evidence_previews.photo_on(store, fields),)


def paper(
    key: str,
    body: str,
    sample: Sample,
    fields: Mapping[str, Any],
    organ: OrganOnPaper | None,
    photos: tuple[Picture, ...] = (),
) -> bytes:
    """The paper of a sample, or the empty form for the hand."""
    from enforcer.documents import pdf

    form = template.load(body, where="修改后的文字")
    if sample.kind != BLANK:
        return evidence_list.render(form, fields, photos).pdf
    offered = specimen.for_hand(key, templates.party_of(sample), organ)
    return pdf.render(template_blank.blank(form, offered), template_blank.rows_for(offered)).pdf
