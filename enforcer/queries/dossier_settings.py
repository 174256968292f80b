"""How the office binds its dossiers: order, 正副卷, page numbers, scans, retention, fonds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from enforcer.documents import dossier_order
from enforcer.documents.dossier_order import Order
from enforcer.dossier_terms import Closing, PagePosition, ScanPlace
from enforcer.law.parameters import TO_CONFIRM
from enforcer.queries import office
from enforcer.queries.looking import Where, looking
from enforcer.terms import Procedure

KEY = "dossier"


@dataclass(frozen=True, slots=True)
class DossierSettings:
    """The office's choices. An empty retention is 待机关确认: no rule gives it for every place."""

    version: str = ""
    orders: Mapping[Procedure, Order] = field(default_factory=dict)
    split: bool = False
    position: PagePosition = PagePosition.BOTTOM_RIGHT
    scans: ScanPlace = ScanPlace.INSTEAD
    fonds: str = ""
    retention: Mapping[Procedure, str] = field(default_factory=dict)
    closing: Closing = Closing.ASK

    def order_for(self, procedure: Procedure) -> Order:
        """The order a dossier of this procedure is bound in."""
        return self.orders.get(procedure) or dossier_order.usual(procedure)

    def retention_label(self, procedure: Procedure) -> str:
        """The retention as the screen says it."""
        return self.retention.get(procedure) or TO_CONFIRM


def settings(where: Where) -> DossierSettings:
    """What holds now."""
    with looking(where) as session:
        said = office.setting(session, KEY)
        version = office.setting_version(session, KEY)
    orders = {}
    for procedure in Procedure:
        chosen = dossier_order.order(str(said.get(f"order_{procedure.value}", "")))
        if chosen is not None and procedure in chosen.procedures:
            orders[procedure] = chosen
    positions = {one.value: one for one in PagePosition}
    places = {one.value: one for one in ScanPlace}
    closings = {one.value: one for one in Closing}
    return DossierSettings(
        version,
        orders,
        bool(said.get("split", False)),
        positions.get(str(said.get("position", "")), PagePosition.BOTTOM_RIGHT),
        places.get(str(said.get("scans", "")), ScanPlace.INSTEAD),
        str(said.get("fonds", "")),
        {one: str(said.get(f"retention_{one.value}", "")) for one in Procedure},
        closings.get(str(said.get("closing", "")), Closing.ASK),
    )
