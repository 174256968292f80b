"""What forbids an edited template, before it is used: words, fields, glyphs, elements of the law.

An element is missed where the specimen of the paper shows it with the shipped text and no longer
with the edited one. `field` of a finding is the address of the piece it leads to.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from enforcer.documents import (
    course_inspect,
    evidence_inspect,
    evidence_list,
    fonts,
    inspect,
    marked,
    placeholders,
    specimen,
    template,
    template_pieces,
    words,
)
from enforcer.documents.template import Template
from enforcer.documents.template_pieces import Made, Piece
from enforcer.errors import GlyphMissing, Level, Objection, TemplateTrouble
from enforcer.law import citations
from enforcer.operations import wording
from enforcer.queries import office
from enforcer.terms import PartyKind

_MISSING = re.compile(r"没有印出(?P<label>.+?)“(?P<words>.*?)…?”，可能是模板改漏了")
_LOST_CODES = ("element_", "outdated_wording", "amount_differs", "blank_left")
FIRST = frozenset({"template_unreadable", "unknown_field", "empty"})
"""With one of these there is no paper to be set."""
_NEVER_EMPTY = frozenset({"label", template_pieces.TITLE})
_PARTIES = (PartyKind.LEGAL_PERSON, PartyKind.CITIZEN, PartyKind.SOLE_TRADER)


@dataclass(frozen=True, slots=True)
class Edited:
    """A template as it would be saved, beside the text it was made from."""

    key: str
    made: Made
    origin: str

    @property
    def body(self) -> str:
        return self.made.body


def of_body(key: str, body: str) -> Edited:
    """A template that comes as one file: from another office, or out of a form."""
    return Edited(key, Made(body, tuple(range(len(template_pieces.part_kinds(body))))), body)


def check_body(key: str, body: str, *, on: date) -> tuple[Objection, ...]:
    """Everything that is wrong with a whole file; what cannot be read is said as one finding."""
    try:
        template.load(body, where="修改后的文字")
        return check(of_body(key, body), on=on)
    except TemplateTrouble as trouble:
        return (_block("template_unreadable", str(trouble)),)


def check(edited: Edited, *, on: date) -> tuple[Objection, ...]:
    """Everything that is wrong with a template, what refuses first; `on` is its first day."""
    key, body = edited.key, edited.body
    found = [one for piece in template_pieces.pieces(body) for one in _of_piece(edited, piece, on)]
    if any(one.code in FIRST for one in found):
        return _ordered(found)
    form = template.load(body, where="修改后的文字")
    if form.key != key:
        say = f"模板里写的文书是“{form.key}”，不是“{key}”。请选同一种文书的模板文件。"
        return (Objection("template_key", Level.BLOCK, say, field="body"),)
    found += _another_paper(edited)
    found += _unknown(edited, form)
    if not found or all(one.code != "unknown_field" for one in found):
        found += _lost(edited, form)
        found += _dropped(edited, form)
    return _ordered(found)


def _another_paper(edited: Edited) -> Iterator[Objection]:
    """What a paper is comes with the program; an office writes its words."""
    own = tomllib.loads(edited.body).get("paper")
    if own is not None and own != tomllib.loads(office.shipped_body(edited.key)).get("paper"):
        say = "模板文件里的 [paper] 一节与程序自带的不同。这一节规定何时出件、怎样编号和体检，不能改，请照原样放回。"
        yield _block("template_paper", say)


def _ordered(found: Sequence[Objection]) -> tuple[Objection, ...]:
    unique = {(one.code, one.say, one.field): one for one in found}
    return tuple(sorted(unique.values(), key=lambda one: one.level is Level.WARN))


def _block(code: str, say: str, cite: str = "", field: str = "body") -> Objection:
    return Objection(code, Level.BLOCK, say, cite, field)


def _address(edited: Edited, piece: Piece) -> str:
    """The piece's address in the text it was made from."""
    if piece.part < 0:
        return piece.address
    rest = piece.address.partition(".")[2]
    return f"{edited.made.parts[piece.part]}.{rest}" if rest else str(edited.made.parts[piece.part])


def _of_piece(edited: Edited, piece: Piece, on: date) -> Iterator[Objection]:
    """What is wrong with one text by itself."""
    if piece.fixed:
        return
    key, field, where = edited.key, _address(edited, piece), piece.place
    if piece.path[-1] in _NEVER_EMPTY and not piece.text.strip():
        yield _block("empty", f"{where}不能空着，请写上文字。", field=field)
        return
    for said in placeholders.unknown(key, piece.text, piece.each):
        yield _block("unknown_field", _no_such(key, said, where), field=field)
    try:
        parsed = words.parse(piece.text, where)
    except GlyphMissing as missing:
        yield _block("glyph_missing", f"{where}：{missing}", field=field)
        return
    except TemplateTrouble as trouble:
        yield _block("template_unreadable", str(trouble), field=field)
        return
    plain = "".join(one for one in parsed.pieces if isinstance(one, str))
    readings = "".join(
        f"{one.otherwise}{one.box}" for one in parsed.pieces if isinstance(one, words.Place)
    )
    if lacking := fonts.missing(marked.plain(plain + readings).replace("＿", "")):
        listed = "、".join(f"“{one}”" for one in lacking)
        yield _block(
            "glyph_missing",
            f"{where}有字库里没有的字：{listed}，印不出来。请换一个字。",
            field=field,
        )
    for fault in citations.faults(plain, on):
        yield Objection("citation", Level.WARN, f"{where}：{fault.say}", fault.citation.text, field)
    if key == wording.NOTICE:
        for one in wording.courteous_faults(piece.text):
            yield replace(one, say=f"{where}：{one.say}", field=field)
        if piece.address == template_pieces.TITLE and "违法" in piece.text:
            yield _block("notice_title", wording.title_fault(piece.text), field=field)


def _no_such(key: str, said: str, where: str) -> str:
    name = said.strip("【】").partition("｜")[0]
    known = [one for one in placeholders.placeholders(key).values() if not one.is_flag]
    if any(one.name == name for one in known):
        return (
            f"{where}的{said}：这里不能用这一栏，或者印法不认识。按 F4 从列表里选；"
            "列表里没有的，只能用在逐项印的段落或者表格行里。"
        )
    near = [one.name for one in known if name[:2] in one.name or name in one.about][:3]
    hint = f"是不是{'、'.join(f'【{one}】' for one in near)}？" if near else "按 F4 从列表里选。"
    return f"{where}的{said}不是这种文书的栏目，没有内容可填。{hint}"


def _unknown(edited: Edited, form: Template) -> Iterator[Objection]:
    """Paths typed in braces that this paper does not offer, and rows named outside their list."""
    known = placeholders.offered(edited.key)
    lists = {one.rpartition(".")[0] for one in known if "." in one}
    for piece in template_pieces.pieces(edited.body):
        if piece.fixed:
            continue
        for path in words.parse(piece.text, piece.place).paths:
            whole = placeholders.whole(path, piece.each)
            if whole in known and (path != whole or not _is_row(edited.key, whole)):
                continue
            say = (
                f"{piece.place}的占位符 {{{path}}} 没有对应的内容。请删掉，按 F4 从列表里选。"
                if whole not in lists
                else f"{piece.place}的占位符 {{{path}}} 是一组内容，不能直接印。请选其中的一栏。"
            )
            yield _block("unknown_field", say, field=_address(edited, piece))
    looked_at = {path for part in form.parts for path in (*part.when, *part.unless, part.each)}
    looked_at |= {
        path
        for part in form.parts
        for row in part.rows
        for path in (*row.when, *row.unless, row.each)
    }
    for path in sorted(looked_at - known - {""}):
        say = f"模板里的条件“{path}”不是这种文书的栏目。请联系系统管理员核对模板文件。"
        yield _block("unknown_field", say)


def _is_row(key: str, path: str) -> bool:
    one = placeholders.placeholders(key).get(path)
    return one is not None and bool(one.each)


# what the law wants on the paper


def _inspected(key: str, form: Template, party: PartyKind) -> tuple[Objection, ...]:
    if key == specimen.NOTICE:
        return ()
    if key == specimen.SUMMARY:
        return inspect.inspect_summary(specimen.summary(party), form)
    if key in evidence_list.KEYS:
        return evidence_inspect.inspect_evidence(key, specimen.fields_of(key), form)
    return course_inspect.inspect_course(specimen.course(key, party), form)


@lru_cache(maxsize=256)
def _usual(key: str, party: PartyKind) -> frozenset[tuple[str, str]]:
    found = _inspected(key, template.shipped(key), party)
    return frozenset((one.code, one.say) for one in found)


def _lost(edited: Edited, form: Template) -> Iterator[Objection]:
    """What the inspection misses on the specimen, and does not with the shipped text."""
    told = set()
    for party in _PARTIES:
        for one in _inspected(edited.key, form, party):
            fresh = (one.code, one.say) not in _usual(edited.key, party)
            if not fresh or not one.code.startswith(_LOST_CODES):
                continue
            found = _told(edited, one, party)
            if (found.code, found.field) not in told:
                told.add((found.code, found.field))
                yield found


def _told(edited: Edited, one: Objection, party: PartyKind) -> Objection:
    """The finding in the editor's words, leading to where the shipped text has it."""
    missing = _MISSING.search(one.say)
    if missing is None:
        field = _where_said(edited, one.say)
        return replace(one, field=field, say=one.say.replace("联系系统管理员", ""))
    label, said = missing["label"], missing["words"]
    piece = _printer(edited.key, said, party)
    say = f"改动以后，文书上印不出{label}，不能使用。{_shown_by(edited.key, piece, said, party)}"
    return replace(one, say=f"{say}请放回去，或者恢复出厂文字。", field=_lost_at(edited, piece))


def _shown_by(key: str, piece: Piece | None, said: str, party: PartyKind) -> str:
    """Which field of the shipped text says it, and where; or that its words are fixed there."""
    if piece is None:
        return ""
    known, offered = placeholders.placeholders(key), specimen.fields_of(key, party)
    names = []
    for path in words.parse(piece.text, piece.place).paths:
        whole = placeholders.whole(path, piece.each)
        value = _value(offered, whole)
        if whole in known and value and (value in said or said in value):
            names.append(f"【{known[whole].name}】")
    if names:
        return f"出厂文字在“{piece.place}”用{'、'.join(dict.fromkeys(names))}印出。"
    return f"出厂文字在“{piece.place}”写有“{said[:30]}”。"


def _value(offered: object, path: str) -> str:
    """The words of a field; of a list those of its first row."""
    for step in path.split("."):
        if isinstance(offered, list):
            offered = offered[0] if offered else {}
        offered = offered.get(step, "") if isinstance(offered, dict) else ""
    return offered if isinstance(offered, str) else ""


def _printer(key: str, said: str, party: PartyKind) -> Piece | None:
    """The piece of the shipped text that prints these words on the specimen."""
    form, offered = template.shipped(key), specimen.fields_of(key, party)
    known = template_pieces.pieces(office.shipped_body(key))
    for number, part in enumerate(form.parts):
        for copy in form.copies:
            for filled in template.fill(part, offered, copy, page="1", pages="1"):
                for slot, text in filled.texts.items():
                    if said and said in marked.plain(text):
                        return next((p for p in known if p.address == f"{number}.{slot}"), None)
                for row in filled.rows:
                    for n, text in enumerate(row.texts):
                        if said and said in marked.plain(text):
                            address = f"{number}.{part.rows.index(row.row)}.{n}"
                            return next((p for p in known if p.address == address), None)
    return None


def _lost_at(edited: Edited, piece: Piece | None) -> str:
    """Where in the text being edited the shipped piece stood: by its words, else by its fields."""
    if piece is None:
        return "body"
    mine = [one for one in template_pieces.pieces(edited.origin) if not one.fixed]
    alike = [one for one in mine if (one.text, one.each) == (piece.text, piece.each)]
    wanted = set(words.parse(piece.text, piece.place).paths)
    if not alike and wanted:
        alike = [one for one in mine if wanted <= set(words.parse(one.text, "").paths)]
    alike.sort(key=lambda one: one.address != piece.address)
    return alike[0].address if alike else "body"


def _where_said(edited: Edited, say: str) -> str:
    """The piece that holds the words quoted in a finding."""
    quoted = re.search(r"“(.+?)…?”", say)
    if quoted:
        for piece in template_pieces.pieces(edited.body):
            if not piece.fixed and quoted[1][:12] in piece.text:
                return _address(edited, piece)
    return "body"


def _dropped(edited: Edited, form: Template) -> Iterator[Objection]:
    """Fields of the shipped text that nothing prints any more: perhaps meant, so only told."""
    known = placeholders.placeholders(edited.key)
    before = _printed_paths(office.shipped_body(edited.key))
    after = _printed_paths(edited.body)
    lost = [known[one].name for one in sorted(before - after) if one in known]
    if lost:
        named = "、".join(f"【{one}】" for one in lost[:6]) + ("等" if len(lost) > 6 else "")
        say = f"出厂文字里的{named}不再印出。确实不要的可以保存；不小心删掉的请放回去。"
        yield Objection("field_dropped", Level.WARN, say, field="body")
    shipped = [part.kind for part in template.shipped(edited.key).parts]
    mine = [part.kind for part in form.parts]
    if gone := sorted({k for k in ("seal", "signature") if mine.count(k) < shipped.count(k)}):
        what = {"seal": "机关落款和印章的位置", "signature": "签名的位置"}
        say = f"模板文件里少了{'、'.join(what[one] for one in gone)}，印出来不能签章。请放回去。"
        yield _block("signing_place", say, "行政处罚法（2021）第五十二条第二款、第五十九条第二款")


def _printed_paths(body: str) -> set[str]:
    return {
        placeholders.whole(path, piece.each)
        for piece in template_pieces.pieces(body)
        if not piece.fixed
        for path in words.parse(piece.text, piece.place).paths
    }
