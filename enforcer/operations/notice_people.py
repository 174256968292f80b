"""Who may act on a day: officers in office with a certificate valid then, and their recorders."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, select

from enforcer.errors import Level, Objection
from enforcer.models import Certificate, Officer, Recorder
from enforcer.operations.notice_entry import Acting
from enforcer.terms import RecorderState

ARTICLE_42 = "行政处罚法（2021）第四十二条第一款"
OFFICER_ARTICLES = f"{ARTICLE_42}、行政处罚法（2021）第五十五条第一款"
FIELDS = ("officer1_id", "officer2_id")


@dataclass
class People:
    """The registers of officers, certificates and recorders as they stand in one session."""

    session: Session
    recorders: dict[int, str] = field(default_factory=dict)
    _people: dict[int, Officer] = field(default_factory=dict)
    _certificates: dict[int, list[Certificate]] = field(default_factory=dict)
    _acting: dict[tuple[int, date], Acting | Objection] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._people = {one.id or 0: one for one in self.session.exec(select(Officer))}
        for one in self.session.exec(
            select(Certificate).order_by(col(Certificate.valid_until).desc())
        ):
            self._certificates.setdefault(one.officer_id, []).append(one)
        for held in self.session.exec(
            select(Recorder).where(Recorder.state == RecorderState.IN_USE)
        ):
            if held.officer_id is not None:
                self.recorders.setdefault(held.officer_id, held.number)

    def both(self, ids: tuple[int, ...], on: date) -> tuple[list[Objection], list[Acting]]:
        """Two different officers who may act, or what speaks against them (第四十二条、第五十五条)."""
        objections: list[Objection] = []
        acting: list[Acting] = []
        for one, name in zip(ids, FIELDS, strict=True):
            found = self.one(one, on, name)
            if isinstance(found, Objection):
                objections.append(found)
            else:
                acting.append(found)
        if len(set(ids)) < len(ids):
            said = self._people[ids[0]].name if ids[0] in self._people else "同一人"
            objections = [
                block(
                    "same_officer_twice",
                    f"两名执法人员填的是同一人（{said}），仍算一人。请改填另一名执法人员。",
                    ARTICLE_42,
                    "officer2_id",
                )
            ]
        return objections, acting

    def one(self, officer_id: int, on: date, name: str = "officer_id") -> Acting | Objection:
        """An officer who may act on a day, or why not; the objection names the field."""
        key = (officer_id, on)
        if key not in self._acting:
            self._acting[key] = self._look_up(officer_id, on)
        found = self._acting[key]
        if isinstance(found, Objection):
            return Objection(found.code, found.level, found.say, found.cite, name)
        return found

    def named(self, name: str) -> int | str:
        """The officer of this name, or what is wrong with the name (to follow its column)."""
        if not name:
            return "没有填写；告知也要由两名持证执法人员进行，请补填。"
        found = [key for key, one in self._people.items() if one.name == name and one.active]
        if not found:
            left = any(one.name == name for one in self._people.values())
            why = "已经停用" if left else "不在人员台账里"
            return f"“{name}”{why}，不能以其名义签发。请核对姓名，或者先在“台账—人员与证件”登记。"
        if len(found) > 1:
            return f"“{name}”在人员台账里有 {len(found)} 人同名，分不清是谁，请逐张签发。"
        return found[0]

    def _look_up(self, officer_id: int, on: date) -> Acting | Objection:
        who = self._people.get(officer_id)
        if who is None:
            return block(
                "officer_unknown", "这名执法人员不在人员台账里，请重新选择。", OFFICER_ARTICLES
            )
        if not who.active:
            return block(
                "officer_left",
                f"{who.name}在人员台账里已经停用，不能执法。请改填在岗的执法人员。",
                OFFICER_ARTICLES,
            )
        held = self._certificates.get(officer_id, [])
        valid = next(
            (one for one in held if on <= one.valid_until and on >= (one.issued_on or on)), None
        )
        if valid is not None:
            return Acting(officer_id, who.name, valid.number)
        return _no_certificate(who.name, held, on)


def _no_certificate(name: str, held: list[Certificate], on: date) -> Objection:
    if not held:
        return block(
            "certificate_missing",
            f"{name}没有登记执法证，不能执法。请在“台账—人员与证件”补登执法证，或者改填他人。",
            OFFICER_ARTICLES,
        )
    last = held[0]
    if last.valid_until < on:
        return block(
            "certificate_expired",
            f"{name}的执法证{last.number}已于 {last.valid_until} 到期。"
            "请换发后更新台账，或者改填持有效证件的执法人员。",
            OFFICER_ARTICLES,
        )
    return block(
        "certificate_not_yet_valid",
        f"{name}的执法证{last.number}自 {last.issued_on} 起有效，{on} 还不能使用。"
        "请改填持有效证件的执法人员。",
        OFFICER_ARTICLES,
    )


def block(code: str, say: str, cite: str = "", name: str = "") -> Objection:
    """An objection that refuses."""
    return Objection(code, Level.BLOCK, say, cite, name)
