"""The checks a notice passes before it gets a number: people, organ, time, plate, ladder."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from enforcer.documents.notice_fields import NoticeFacts, Sender
from enforcer.errors import InvalidForm, Level, Objection, Refused
from enforcer.identity import NotAccepted, Plate, read_plate
from enforcer.law import notice_defaults
from enforcer.law.notice_defaults import Wording
from enforcer.models import Certificate, Officer, Recorder, Setting
from enforcer.operations.notice_forms import BatchLine, NoticeContent, RowRefusal
from enforcer.operations.numbering import CHINA
from enforcer.queries import ladder, powers
from enforcer.terms import LadderChoice, NoticeOutcome, PlateColour, RecorderState

ARTICLE_42 = "行政处罚法（2021）第四十二条第一款"
ARTICLE_55 = "行政处罚法（2021）第五十五条"
OFFICER_ARTICLES = f"{ARTICLE_42}、{ARTICLE_55}第一款"
ARTICLE_47 = "行政处罚法（2021）第四十七条"
NEXT_STEP = "notice_next_step"
UNIT = "unit"
EARLIEST = date(2000, 1, 1)
ENOUGH_RECORDERS = 2
_FROM_LEDGER = "由 Excel 台账批量签发，台账没有逐张登记执法仪"
_BY_LEDGER = "由 Excel 台账批量签发，按台账所列继续告知"
_OFFICER_FIELDS = ("officer1_id", "officer2_id")


@dataclass(frozen=True, slots=True)
class Acting:
    """An officer who acts, with the certificate that is valid on the day."""

    id: int
    name: str
    certificate: str


@dataclass(frozen=True, slots=True)
class Standing:
    """In whose name a notice is made; `handled_by` the entrusted unit."""

    organ_id: int
    sender: Sender


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A notice that passed every check and only wants its number."""

    uid: UUID
    standing: Standing
    wording: Wording
    plate: Plate
    colour: PlateColour | None
    noticed_at: datetime
    timed: bool
    place: str
    item_key: str
    situation: str
    nearby: str
    officers: tuple[Acting, ...]
    recorders: tuple[str, ...]
    recorder_reason: str
    outcome: NoticeOutcome | None
    note: str
    ladder: ladder.LadderView
    choice: LadderChoice
    ladder_reason: str
    next_step: str

    @property
    def noticed_on(self) -> date:
        return self.noticed_at.astimezone(CHINA).date()

    def facts(self, number: str) -> NoticeFacts:
        """What goes to paper under this number."""
        return NoticeFacts(
            number=number,
            uid=self.uid,
            sender=self.standing.sender,
            wording=self.wording,
            plate=self.plate.text,
            plate_known=bool(self.plate.key),
            colour=self.colour,
            noticed_at=self.noticed_at,
            timed=self.timed,
            place=self.place,
            situation=self.situation,
            nearby=self.nearby,
            officers=tuple((one.name, one.certificate) for one in self.officers),
            recorders=self.recorders,
            outcome=self.outcome,
            note=self.note,
            nth=self.ladder.nth,
            next_step=self.next_step,
        )


@dataclass(frozen=True, slots=True)
class _Draft:
    """One notice as typed or as read from a sheet, before the checks."""

    plate: str
    colour: PlateColour | None
    noticed_at: datetime
    timed: bool
    place: str
    item_key: str
    situation: str
    nearby: str
    officer_ids: tuple[int, ...]
    recorders: tuple[str, ...]
    recorder_reason: str
    outcome: NoticeOutcome | None
    note: str
    choice: LadderChoice
    ladder_reason: str
    organ_id: int | None


@dataclass
class Desk:
    """Judges notices against the registers as they stand in one session; looks each up once."""

    session: Session
    now: datetime
    _people: dict[int, Officer] = field(default_factory=dict)
    _certificates: dict[int, list[Certificate]] = field(default_factory=dict)
    _recorders: dict[int, str] = field(default_factory=dict)
    _turns: list[date] = field(default_factory=list)
    _organs: dict[tuple[str, int, int | None], Standing | Objection] = field(default_factory=dict)
    _acting: dict[tuple[int, date], Acting | Objection] = field(default_factory=dict)
    _wordings: dict[tuple[str, date], Wording] = field(default_factory=dict)
    _past: dict[str, list[ladder.Earlier]] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)
    _rules: dict[str, ladder.Rule] = field(default_factory=dict)
    _next_step: str = ""

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
                self._recorders.setdefault(held.officer_id, held.number)
        self._rules = {one.item_key: one for one in ladder.rules(self.session)}
        row = self.session.get(Setting, NEXT_STEP)
        self._next_step = str((row.value or {}).get("text", "")) if row else ""

    def judge(self, form: NoticeContent, organ_id: int | None = None) -> Entry:
        """One notice from the screen: the entry, or everything that speaks against it at once."""
        entry = self._judge(
            _Draft(
                plate=form.plate,
                colour=form.plate_colour,
                noticed_at=form.noticed_at,
                timed=True,
                place=form.place,
                item_key=form.item_key,
                situation=form.situation,
                nearby=form.nearby,
                officer_ids=(form.officer1_id, form.officer2_id),
                recorders=tuple(one for one in dict.fromkeys(form.recorders) if one),
                recorder_reason=form.recorder_reason,
                outcome=form.outcome,
                note=form.note,
                choice=form.ladder_choice,
                ladder_reason=form.ladder_reason,
                organ_id=organ_id,
            )
        )
        if isinstance(entry, Entry):
            return entry
        raise entry

    def judge_line(self, line: BatchLine, organ_id: int | None) -> Entry | RowRefusal:
        """One row of a sheet, by the same rules; recorders are those the officers hold."""
        ids: list[int] = []
        for header, name in (("执法人员1", line.officer1), ("执法人员2", line.officer2)):
            found = self._named(name)
            if isinstance(found, str):
                return RowRefusal(line.row, header, f"{header}{found}")
            ids.append(found)
        recorders = tuple(self._recorders[one] for one in ids if one in self._recorders)
        item_key = notice_defaults.item_of_situation(line.situation)
        entry = self._judge(
            _Draft(
                plate=line.plate,
                colour=line.plate_colour,
                noticed_at=line.noticed_at,
                timed=line.timed,
                place=line.place,
                item_key=item_key,
                situation=line.situation,
                nearby="",
                officer_ids=tuple(ids),
                recorders=recorders,
                recorder_reason="" if len(recorders) >= ENOUGH_RECORDERS else _FROM_LEDGER,
                outcome=line.outcome,
                note=line.note,
                choice=LadderChoice.NOTICE,
                ladder_reason=line.note or _BY_LEDGER,
                organ_id=organ_id,
            )
        )
        if isinstance(entry, Entry):
            return entry
        return _as_refusal(line.row, entry)

    def learn(self, plate_keys: Iterable[str]) -> None:
        """Ask for the history of many plates in one go."""
        wanted = {one for one in plate_keys if one} - self._asked
        self._asked |= wanted
        for key, past in ladder.earlier(self.session, sorted(wanted)).items():
            self._past[key] = past

    def same_before(self, entry: Entry) -> bool:
        """Whether this vehicle already has a card of the same minute and place."""
        known = self._past.get(entry.plate.key, ())
        return any(one.at == entry.noticed_at and one.place == entry.place for one in known)

    def standing(self, item_key: str, on: date, organ_id: int | None) -> Standing:
        """The organ for an item on a day, or Refused: even guidance needs somebody's name."""
        found = self._standing(item_key, on, organ_id)
        if isinstance(found, Objection):
            raise Refused(found)
        return found

    def holder(self, officer_id: int, on: date) -> Acting:
        """An officer who may act on a day, or Refused with the reason."""
        found = self._officer(officer_id, on)
        if isinstance(found, Objection):
            raise Refused(found)
        return found

    @property
    def next_step(self) -> str:
        """The office's own last sentence on the notice; empty when it has none."""
        return self._next_step

    def wording(self, item_key: str, on: date) -> Wording:
        """What the notice says about the item."""
        key = (item_key, on)
        if key not in self._wordings:
            self._wordings[key] = notice_defaults.wording(item_key, on)
        return self._wordings[key]

    def _judge(self, typed: _Draft) -> Entry | InvalidForm | Refused:
        wrong: dict[str, str] = {}
        at = typed.noticed_at.replace(second=0, microsecond=0)
        on = at.astimezone(CHINA).date()
        if at > self.now:
            wrong["noticed_at"] = (
                f"时间 {_shown(at)} 还没有到（现在是 {_shown(self.now)}），请核对。"
            )
        elif on < EARLIEST:
            wrong["noticed_at"] = f"时间 {_shown(at)} 太早，请核对年份。"
        try:
            plate = read_plate(typed.plate)
        except NotAccepted as refused:
            wrong["plate"] = str(refused)
        if wrong:
            return InvalidForm(wrong)
        objections, officers = self._officers(typed.officer_ids, on)
        standing = self._standing(typed.item_key, on, typed.organ_id)
        if isinstance(standing, Objection):
            objections.append(standing)
        view = self._view(plate, typed.item_key, on)
        objections += _recorder_objections(typed) + _ladder_objections(typed, view)
        if objections or isinstance(standing, Objection):
            return Refused(*objections)
        return Entry(
            uid=uuid4(),
            standing=standing,
            wording=self.wording(typed.item_key, on),
            plate=plate,
            colour=typed.colour,
            noticed_at=at,
            timed=typed.timed,
            place=typed.place,
            item_key=typed.item_key,
            situation=typed.situation,
            nearby=typed.nearby,
            officers=tuple(officers),
            recorders=typed.recorders,
            recorder_reason=typed.recorder_reason,
            outcome=typed.outcome,
            note=typed.note,
            ladder=view,
            choice=typed.choice,
            ladder_reason="" if typed.choice is view.suggestion else typed.ladder_reason,
            next_step=self._next_step,
        )

    def _officers(self, ids: tuple[int, ...], on: date) -> tuple[list[Objection], list[Acting]]:
        objections: list[Objection] = []
        acting: list[Acting] = []
        for one, name in zip(ids, _OFFICER_FIELDS, strict=True):
            found = self._officer(one, on, name)
            if isinstance(found, Objection):
                objections.append(found)
            else:
                acting.append(found)
        if len(set(ids)) < len(ids):
            said = self._people[ids[0]].name if ids[0] in self._people else "同一人"
            objections = [
                _block(
                    "same_officer_twice",
                    f"两名执法人员填的是同一人（{said}），仍算一人。请改填另一名执法人员。",
                    ARTICLE_42,
                    "officer2_id",
                )
            ]
        return objections, acting

    def _officer(self, officer_id: int, on: date, name: str = "officer_id") -> Acting | Objection:
        key = (officer_id, on)
        if key not in self._acting:
            self._acting[key] = self._look_up(officer_id, on)
        found = self._acting[key]
        if isinstance(found, Objection):
            return Objection(found.code, found.level, found.say, found.cite, name)
        return found

    def _look_up(self, officer_id: int, on: date) -> Acting | Objection:
        who = self._people.get(officer_id)
        if who is None:
            return _block(
                "officer_unknown", "这名执法人员不在人员台账里，请重新选择。", OFFICER_ARTICLES
            )
        if not who.active:
            return _block(
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

    def _named(self, name: str) -> int | str:
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

    def _standing(self, item_key: str, on: date, organ_id: int | None) -> Standing | Objection:
        if not self._turns:
            self._turns = _turning_days(self.session)
        key = (item_key, bisect_right(self._turns, on), organ_id)
        if key not in self._organs:
            self._organs[key] = self._find_standing(item_key, on, organ_id)
        return self._organs[key]

    def _find_standing(self, item_key: str, on: date, organ_id: int | None) -> Standing | Objection:
        """By the item's power source; guidance needs none, then the office's own organ speaks."""
        usual = notice_defaults.defaults().items[:1]
        for asked in (item_key, *usual) if item_key else usual:
            power = powers.power_for(self.session, asked, on, organ_id=organ_id)
            if isinstance(power, powers.Power):
                return _standing_of(power.organ, power.handled_by)
        enabled = powers.organs(self.session, enabled_only=True)
        wanted = organ_id or self._unit_organ()
        chosen = [one for one in enabled if one.id == wanted] or (
            enabled if len(enabled) == 1 else []
        )
        if chosen:
            return _standing_of(chosen[0], "")
        if not enabled:
            return _block(
                "organ_missing",
                "还没有登记机关，告知书没有落款单位。请在“设置—机关”中登记后再签发。",
            )
        names = "、".join(f"“{one.name}”" for one in enabled)
        return _block(
            "organ_unclear",
            f"登记了几个机关（{names}），看不出以哪个的名义告知。"
            "请选择机关，或者在“设置—权力来源与事项”中登记这个事项。",
            "",
            "organ_id",
        )

    def _unit_organ(self) -> int | None:
        row = self.session.get(Setting, UNIT)
        found = (row.value or {}).get("organ_id") if row else None
        return found if isinstance(found, int) else None

    def _view(self, plate: Plate, item_key: str, on: date) -> ladder.LadderView:
        if plate.key:
            self.learn([plate.key])
        past = self._past.get(plate.key, []) if plate.key else []
        rule = ladder.choose(self._rules, item_key)
        return ladder.weigh(past, rule, item_key, on, known_plate=bool(plate.key))

    def remember(self, entry: Entry) -> None:
        """A card earlier in the same sheet counts for the next one of that vehicle."""
        if entry.plate.key:
            past = self._past.setdefault(entry.plate.key, [])
            past.append(
                ladder.Earlier(entry.noticed_on, entry.place, entry.item_key, entry.noticed_at)
            )
            past.sort(key=lambda one: one.at)


def _turning_days(session: Session) -> list[date]:
    """The days on which some power begins or has ended: between two of them nothing changes."""
    turns = {date.min}
    for one in powers.power_sources(session):
        turns.add(one.valid_from)
        if one.valid_until is not None:
            turns.add(one.valid_until + timedelta(days=1))
    return sorted(turns)


def _standing_of(organ: powers.OrganRow, handled_by: str) -> Standing:
    return Standing(organ.id, Sender(organ.name, organ.phone, organ.address, handled_by))


def _no_certificate(name: str, held: list[Certificate], on: date) -> Objection:
    if not held:
        return _block(
            "certificate_missing",
            f"{name}没有登记执法证，不能执法。请在“台账—人员与证件”补登执法证，或者改填他人。",
            OFFICER_ARTICLES,
        )
    last = held[0]
    if last.valid_until < on:
        return _block(
            "certificate_expired",
            f"{name}的执法证{last.number}已于 {last.valid_until} 到期。"
            "请换发后更新台账，或者改填持有效证件的执法人员。",
            OFFICER_ARTICLES,
        )
    return _block(
        "certificate_not_yet_valid",
        f"{name}的执法证{last.number}自 {last.issued_on} 起有效，{on} 还不能使用。"
        "请改填持有效证件的执法人员。",
        OFFICER_ARTICLES,
    )


def _recorder_objections(typed: _Draft) -> list[Objection]:
    if len(typed.recorders) >= ENOUGH_RECORDERS or typed.recorder_reason:
        return []
    return [
        Objection(
            "recorders_fewer_than_two",
            Level.WARN,
            f"执法仪只登记了 {len(typed.recorders)} 台，每次执法至少两台。请补填，或者写明原因。",
            ARTICLE_47,
            "recorder_reason",
        )
    ]


def _ladder_objections(typed: _Draft, view: ladder.LadderView) -> list[Objection]:
    if typed.choice is view.suggestion or typed.ladder_reason:
        return []
    return [
        Objection(
            "ladder_reason_missing",
            Level.WARN,
            f"按阶梯建议{view.suggestion.label}（{view.rule.basis or ladder.UNCONFIRMED}）；"
            f"选择“{typed.choice.label}”的，请写明理由。",
            "",
            "ladder_reason",
        )
    ]


def _as_refusal(row: int, wrong: InvalidForm | Refused) -> RowRefusal:
    if isinstance(wrong, InvalidForm):
        name, say = next(iter(wrong.by_field.items()))
        return RowRefusal(row, _HEADERS.get(name, ""), say)
    first = wrong.objections[0]
    return RowRefusal(row, _HEADERS.get(first.field, ""), first.say)


_HEADERS = {
    "plate": "号牌号码",
    "noticed_at": "告知时间",
    "officer1_id": "执法人员1",
    "officer2_id": "执法人员2",
}


def _shown(at: datetime) -> str:
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def _block(code: str, say: str, cite: str = "", name: str = "") -> Objection:
    return Objection(code, Level.BLOCK, say, cite, name)
