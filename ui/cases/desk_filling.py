"""How the on-the-spot desk is filled: choices, the last officers, the draft, a notice, a known party."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from enforcer.law.violation import Violation
from enforcer.operations import drafts
from enforcer.queries import law_book, office, parties
from enforcer.queries.notices import NoticeRow
from enforcer.terms import Discretion, IdKind, PartyKind, PenaltyKind
from ui.cases import desk_choices
from ui.cases.desk_choices import DeskChoices, provisions
from ui.cases.desk_fields import ORGANIZATIONS
from ui.cases.desk_frame import DeskFrame
from ui.cases.desk_look import typed
from ui.context import Context
from ui.widgets.form import FormBinder

DRAFT = "summary.new"


class DeskFilling(DeskFrame):
    """What stands in the form before and while it is typed; the law is `SummaryDesk`'s."""

    binder: FormBinder

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.notice_id: int | None = None
        self._request: UUID = uuid4()
        self._choices: DeskChoices | None = None
        self._auto_act, self._sources = "", 0
        self._restored = False
        self._waiting: NoticeRow | None = None
        self._touched: set[str] = set()

    @abstractmethod
    def weigh(self) -> None:
        """Lay what stands there before the law."""

    def _fill_as_typed(self) -> None:
        """Let each choice bring what follows from it."""
        self.fields["item_key"].edited.connect(self._item_chosen)
        self.fields["party_id_number"].left.connect(self._look_up_party)
        for name in ("officer1_id", "officer2_id"):
            self.fields[name].edited.connect(self._officers_chosen)
        self.fields["party_kind"].edited.connect(self._kind_chosen)

    def _starting(self) -> dict[str, Any]:
        today = self.context.clock.today()
        return {
            "party_kind": PartyKind.CITIZEN,
            "id_kind": IdKind.RESIDENT_ID,
            "discretion": Discretion.ORDINARY,
            "kinds": [PenaltyKind.FINE.value],
            "decided_on": today,
        }

    def load_choices(self) -> None:
        """Ask for officers, items and powers; then the draft, if one was left."""
        today = self.context.clock.today()
        self.context.tasks.ask(
            lambda store: (
                desk_choices.ask(store, today=today),
                office.draft(store, DRAFT) if not self._restored else None,
            ),
            self._loaded,
            owner=self,
            latest="choices",
        )

    def _loaded(self, answer: tuple[DeskChoices, office.DraftRow | None]) -> None:
        self._choices, draft = answer
        for name in ("officer1_id", "officer2_id"):
            picker: Any = self.fields[name].widget
            picker.set_options(self._choices.officers)
        items: Any = self.fields["item_key"].widget
        items.set_options(self._choices.items)
        if draft is not None and not self._restored:
            self._restore(draft.payload)
        elif not self._restored:
            self._fill_officers()
        self._restored = True
        self._item_chosen()
        if self._waiting is not None:
            notice, self._waiting = self._waiting, None
            self.begin_from_notice(notice)
        self.weigh()

    def _fill_officers(self) -> None:
        assert self._choices is not None
        last = self._choices.last
        self.binder.set_values({"officer1_id": last.officer1_id, "officer2_id": last.officer2_id})
        self._officers_chosen()

    def _restore(self, payload: Mapping[str, Any]) -> None:
        values = dict(payload.get("values", {}))
        item = values.get("item_key")
        if item:
            self._offer_provisions(item)
        self.binder.set_values(typed(values))
        self.findings.set_reasons(payload.get("reasons", {}))
        self.notice_id = payload.get("notice_id")
        self._auto_act = payload.get("auto_act", "")
        self.context.window.tell_draft("已恢复上次没有签发的内容")

    def begin_from_notice(self, notice: NoticeRow) -> None:
        """转处罚: plate, place, time and officers of the courteous notice stand in the form."""
        if self._choices is None:
            self._waiting = notice
            return
        self.start_again()
        self.notice_id = notice.id
        self._offer_provisions(notice.item_key)
        self.binder.set_values(
            {
                "item_key": notice.item_key or None,
                "place": notice.place,
                "plate": notice.plate,
                "acted_at": notice.noticed_at,
            }
        )
        self._item_chosen()
        self.header.set_subtitle(f"来源：温馨告知书 {notice.number}")
        self.weigh()

    def start_again(self) -> None:
        """An empty form; the draft is let go."""
        self.binder.clear()
        self.binder.set_values(self._starting())
        self.findings.set_reasons({})
        self.notice_id, self._request, self._auto_act = None, uuid4(), ""
        self._touched.clear()
        self.message.hide()
        self.header.set_subtitle("")
        for name in ("breached", "sanctioned_by"):
            combo: Any = self.fields[name].widget
            combo.offer(())
            combo.write("")
        if self._choices is not None:
            self._fill_officers()
        actor = self.context.actor
        self.context.tasks.do(
            lambda store: drafts.drop_draft(store, DRAFT, actor=actor),
            lambda _: self.context.window.tell_draft(""),
            owner=self,
        )
        self.preview.clear()
        self.weigh()
        self.binder.jump("party_id_number")

    def _kind_chosen(self) -> None:
        kind = self.fields["party_kind"].read()
        id_kind = self.fields["id_kind"].read()
        if kind in ORGANIZATIONS and id_kind is not IdKind.CREDIT_CODE:
            self.fields["id_kind"].write(IdKind.CREDIT_CODE)
        elif kind is PartyKind.CITIZEN and id_kind is IdKind.CREDIT_CODE:
            self.fields["id_kind"].write(IdKind.RESIDENT_ID)

    def _officers_chosen(self) -> None:
        """The other picker leaves this officer out; their recorders stand in their field."""
        one, two = self.fields["officer1_id"], self.fields["officer2_id"]
        first: Any = one.widget
        second: Any = two.widget
        first.exclude([two.read()])
        second.exclude([one.read()])
        if self._choices is None:
            return
        held = [self._choices.recorders.get(each.read(), "") for each in (one, two)]
        if any(held):
            self.fields["recorders"].write("、".join(each for each in held if each))

    def _item_chosen(self) -> None:
        key = self.fields["item_key"].read()
        self._offer_provisions(key)
        if self._choices is None:
            return
        offered = self._choices.sources_for(key or "", self._day())
        source: Any = self.fields["power_source_id"].widget
        source.set_choices(offered)
        self._sources = len(offered)
        if len(offered) < 2:
            source.write(None)

    def _offer_provisions(self, key: str | None) -> None:
        item = self._item(key)
        for name, sanction in (("breached", False), ("sanctioned_by", True)):
            combo: Any = self.fields[name].widget
            combo.offer(provisions(item, sanction=sanction))
        act = self.fields["act"]
        if item is not None and act.read() in ("", self._auto_act):
            self._auto_act = item.title[:200]
            act.write(self._auto_act)

    def _item(self, key: str | None) -> Violation | None:
        if not key:
            return None
        acted = self.fields["acted_at"].read()
        day = acted.date() if acted else self._day()
        return self.context.tasks.now(lambda store: law_book.item_for(store, key, day))

    def _day(self) -> date:
        return self.fields["decided_on"].read() or self.context.clock.today()

    def _look_up_party(self) -> None:
        """A number that is known fills what is still empty of the party."""
        number = self.fields["party_id_number"].read()
        if not number:
            return
        self.context.tasks.ask(
            lambda store: parties.parties_with_number(store, number),
            self._party_found,
            owner=self,
            latest="party",
        )

    def _party_found(self, found: list[parties.PartyRow]) -> None:
        if not found or found[0].id_number != self.fields["party_id_number"].read():
            return
        known = {
            "party_name": found[0].name,
            "party_address": found[0].address,
            "party_phone": found[0].phone,
            "legal_representative": found[0].legal_representative,
            "position": found[0].position,
        }
        for name, value in known.items():
            if value and not self.fields[name].read():
                self.fields[name].write(value)
