"""The checks a notice passes before it gets a number: people, organ, time, plate, ladder."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import uuid4

from sqlmodel import Session

from enforcer.documents import fonts
from enforcer.documents.notice_fields import Sender
from enforcer.errors import GlyphMissing, InvalidForm, Level, Objection, Refused
from enforcer.identity import NotAccepted, Plate, read_plate
from enforcer.law import notice_defaults
from enforcer.law.notice_defaults import Wording
from enforcer.models import Setting
from enforcer.operations.notice_entry import Acting, Entry, Standing, Typed
from enforcer.operations.notice_forms import BatchLine, NoticeContent, RowRefusal
from enforcer.operations.notice_people import People, block
from enforcer.operations.numbering import CHINA
from enforcer.queries import ladder, powers
from enforcer.terms import LadderChoice

ARTICLE_47 = "行政处罚法（2021）第四十七条"
NEXT_STEP = "notice_next_step"
UNIT = "unit"
EARLIEST = date(2000, 1, 1)
ENOUGH_RECORDERS = 2
MOST_LINES = 4
_FROM_LEDGER = "由 Excel 台账批量签发，台账没有逐张登记执法仪"
_BY_LEDGER = "由 Excel 台账批量签发，按台账所列继续告知"


@dataclass
class Desk:
    """Judges notices against the registers as they stand in one session; looks each up once."""

    session: Session
    now: datetime
    _people: People = field(init=False)
    _turns: list[date] = field(default_factory=list)
    _organs: dict[tuple[str, int, int | None], Standing | Objection] = field(default_factory=dict)
    _wordings: dict[tuple[str, date], Wording] = field(default_factory=dict)
    _past: dict[str, list[ladder.Earlier]] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)
    _rules: dict[str, ladder.Rule] = field(default_factory=dict)
    _next_step: str = ""

    def __post_init__(self) -> None:
        self._people = People(self.session)
        self._rules = {one.item_key: one for one in ladder.rules(self.session)}
        row = self.session.get(Setting, NEXT_STEP)
        self._next_step = str((row.value or {}).get("text", "")) if row else ""

    def judge(self, form: NoticeContent, organ_id: int | None = None) -> Entry:
        """One notice from the screen: the entry, or everything that speaks against it at once."""
        entry = self._judge(
            Typed(
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
            found = self._people.named(name)
            if isinstance(found, str):
                return RowRefusal(line.row, header, f"{header}{found}")
            ids.append(found)
        recorders = tuple(
            self._people.recorders[one] for one in ids if one in self._people.recorders
        )
        item_key = notice_defaults.item_of_situation(line.situation)
        entry = self._judge(
            Typed(
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
        if not wanted:
            return
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
        found = self._people.one(officer_id, on)
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

    def _judge(self, typed: Typed) -> Entry | InvalidForm | Refused:
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
        for name, label in _PRINTED.items():
            if missing := fonts.missing(getattr(typed, name)):
                wrong.setdefault(name, f"{label}：{GlyphMissing(missing)}")
            if (count := getattr(typed, name).count("\n") + 1) > MOST_LINES:
                wrong.setdefault(
                    name, f"{label}有 {count} 行，纸面放不下，最多 {MOST_LINES} 行，请合并。"
                )
        if wrong:
            return InvalidForm(wrong)
        objections, officers = self._people.both(typed.officer_ids, on)
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
            return block(
                "organ_missing",
                "还没有登记机关，告知书没有落款单位。请在“设置—机关”中登记后再签发。",
            )
        names = "、".join(f"“{one.name}”" for one in enabled)
        return block(
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


def _recorder_objections(typed: Typed) -> list[Objection]:
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


def _ladder_objections(typed: Typed, view: ladder.LadderView) -> list[Objection]:
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


_PRINTED = {
    "plate": "号牌号码",
    "place": "地点",
    "situation": "情形",
    "nearby": "附近可停",
    "note": "备注",
}
_HEADERS = _PRINTED | {
    "noticed_at": "告知时间",
    "officer1_id": "执法人员1",
    "officer2_id": "执法人员2",
}


def _shown(at: datetime) -> str:
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
