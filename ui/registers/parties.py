"""当事人: persons and organisations, their numbers checked, those entered twice joined."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from enforcer.errors import InvalidForm, Refused
from enforcer.identity import birth_of
from enforcer.operations import registers as deeds
from enforcer.queries import parties as asked
from enforcer.queries.parties import PartyRow
from enforcer.terms import IdKind, PartyKind, Sex
from ui.confirm import ConfirmDialog
from ui.context import Context
from ui.failures import in_place
from ui.register_tab import Register, RegisterTab
from ui.widgets.field import FieldGrid
from ui.widgets.inputs import Choice, LineEdit, TextArea, Tick
from ui.widgets.moments import DateEdit
from ui.widgets.paged_model import Column


class PartiesTab(RegisterTab):
    """Parties; a wrong check digit asks for a reason, a known number for a decision."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            Register(
                key="parties",
                title="当事人",
                noun="当事人",
                columns=(
                    Column("姓名或者名称", lambda row: row.name, 180),
                    Column("类别", lambda row: row.kind.label, 100, spare=True),
                    Column("证件号码", lambda row: row.id_number, 180, firm=True),
                    Column("联系电话", lambda row: row.phone, 120, spare=True),
                    Column("案件", lambda row: str(row.cases or ""), 60, right=True),
                    Column(
                        "提示",
                        lambda row: f"另有 {row.duplicates} 条同号" if row.duplicates else "",
                        120,
                        tone=lambda row: "warn" if row.duplicates else "",
                        icon=lambda row: "warn" if row.duplicates else "",
                    ),
                ),
                ids=lambda store, words, _retired: asked.party_ids(store, search=words),
                rows=asked.party_rows,
                form=deeds.PartyForm,
                save=deeds.save_party,
                tables=frozenset({"party", "enforcement_case"}),
                empty="还没有登记当事人。办案时填写的当事人也会列在这里。",
                icon="person",
            ),
        )

    def build(self) -> None:
        self.fields = {
            "kind": self.field("kind", Choice([(one, one.label) for one in PartyKind])),
            "name": self.field("name", LineEdit(), required=True),
            "id_kind": self.field(
                "id_kind", Choice([(one, one.label) for one in IdKind], blank="未登记")
            ),
            "id_number": self.field("id_number", LineEdit()),
            "id_reason": self.field("id_reason", LineEdit(), hint="校验不通过仍要保存的，写明原因"),
            "keep_both": self.field("keep_both", Tick("另外登记一条（确非同一人）")),
            "sex": self.field("sex", Choice([(one, one.label) for one in Sex], blank="未登记")),
            "born_on": self.field("born_on", DateEdit(self.context.clock.today)),
            "phone": self.field("phone", LineEdit()),
            "address": self.field("address", LineEdit()),
            "postcode": self.field("postcode", LineEdit()),
            "legal_representative": self.field("legal_representative", LineEdit()),
            "position": self.field("position", LineEdit()),
            "note": self.field("note", TextArea(lines=2)),
        }
        grid = FieldGrid()
        wide = {"name", "id_number", "id_reason", "keep_both", "phone", "address", "note"}
        for name, field in self.fields.items():
            grid.add(field, 2 if name in wide else 1)
        self.column.addLayout(grid)
        self.fields["kind"].edited.connect(self._fit)
        self.fields["id_number"].left.connect(self._fit)
        self.fields["id_number"].left.connect(self._tell_birth)

    def starting(self) -> dict[str, Any]:
        return {"kind": PartyKind.CITIZEN, "id_kind": IdKind.RESIDENT_ID}

    def given(self, values: dict[str, Any]) -> dict[str, Any]:
        if values["id_kind"] and not values["id_number"] and self.row is None:
            values["id_kind"] = (
                None  # the usual kind stands ready; without a number it says nothing
            )
        return values

    def further(self, form: Any) -> Mapping[str, str]:
        try:
            deeds.identified(form, self.context.clock.today())
        except InvalidForm as wrong:
            return wrong.by_field
        return {}

    def shown(self, row: PartyRow | None) -> None:
        self._fit()
        self.fields["keep_both"].hide()
        if row is not None and row.duplicates:
            self.banner.say(
                "warn",
                f"另有 {row.duplicates} 条登记了同一证件号码，可能是同一人。",
                act="并入这一条…",
                on=self.merge,
            )

    def _fit(self) -> None:
        """Only the fields that this kind of party has."""
        kind = self.fields["kind"].read()
        person = kind in (PartyKind.CITIZEN, PartyKind.SOLE_TRADER)
        body = kind is not PartyKind.CITIZEN
        for name, wanted in (
            ("sex", person),
            ("born_on", person),
            ("legal_representative", body),
            ("position", body),
        ):
            self.fields[name].setVisible(wanted)
        doubted = "号码存疑说明" in self.fields["id_number"].error
        self.fields["id_reason"].setVisible(doubted or bool(self.fields["id_reason"].read()))
        organization = kind in (PartyKind.LEGAL_PERSON, PartyKind.OTHER_ORGANIZATION)
        chosen = self.fields["id_kind"].read()
        if self.row is None and organization and chosen is IdKind.RESIDENT_ID:
            self.fields["id_kind"].write(IdKind.CREDIT_CODE)

    def _tell_birth(self) -> None:
        """What the number says of its holder stands in the form before it is saved."""
        told = birth_of(self.fields["id_kind"].read(), self.fields["id_number"].read())
        if told.born_on is None or told.born_on > self.context.clock.today():
            return
        for name, value in (("born_on", told.born_on), ("sex", told.sex)):
            if self.fields[name].read() is None and not self.fields[name].isHidden():
                self.fields[name].write(value)

    def save(self) -> None:
        super().save()
        self._fit()

    def _failed(self, error: Exception) -> bool:
        handled = super()._failed(error)
        self._fit()
        if isinstance(error, Refused) and error.objections[0].code == "party_known":
            self.fields["keep_both"].show()
        return handled

    def merge(self) -> None:
        """Join the others with this number into the row shown, after a question."""
        row: PartyRow | None = self.row
        if row is None:
            return
        others = self.context.tasks.now(
            lambda store: asked.parties_with_number(store, row.id_number, but=row.id)
        )
        if not others:
            return
        listed = "\n".join(
            f"编号 {one.id}　{one.name}　{one.phone}　{one.cases} 个案件" for one in others
        )
        dialog = ConfirmDialog(
            self,
            f"把这 {len(others)} 条并入编号 {row.id}“{row.name}”",
            f"{listed}\n\n它们的案件和车辆会转到“{row.name}”名下，这一条空着的栏目用它们的补上。"
            "已经签发的文书不变。合并以后不能分开。",
            "合并",
        )
        dialog.accepted.connect(lambda: self._merge([one.id for one in others]))
        dialog.open()

    def _merge(self, ids: list[int]) -> None:
        context, keep = self.context, self.key
        forms = [deeds.MergeForm(request_id=uuid4(), keep_id=keep, drop_id=one) for one in ids]

        def deed(store: Any) -> int:
            for form in forms:
                deeds.merge_parties(
                    store,
                    form,
                    today=context.clock.today(),
                    now=context.clock.now(),
                    actor=context.actor,
                )
            return int(keep)

        context.tasks.do(
            deed,
            lambda key: self._saved(key, f"已并入 {len(ids)} 条。"),
            owner=self,
            failed=in_place(self.banner, self.binder),
        )
