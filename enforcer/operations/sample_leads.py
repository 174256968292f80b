"""Leads of the sample in several states, carried out by the operations themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from enforcer.operations.replaying import Scripted, replay
from enforcer.operations.sample_courses import (
    FIRST,
    HEAD,
    LEADER,
    SECOND,
    Days,
    start_of,
    step,
)
from enforcer.store.database import Store


def make_leads(store: Store, *, today: date) -> None:
    """One to be checked, one to be answered soon, one answered, one 不予立案; all of these weeks."""
    for done in replay(store, tuple(_leads(start_of(today)))):
        said = "；".join(one.say for one in done.objections)
        assert done.ok, f"{done.step.op} {done.step.at:%Y-%m-%d}：{said}"


def _leads(today: date) -> Iterator[Scripted]:
    ago = Days(today).ago
    yield _registered(
        ago(12, 9, 20), "answered", source="hotline", number=1, informant="赵先生（示例）",
        reply_due_on=ago(7).date(), place="崇德路口东侧", item_key="road_occupation",
        content="水果摊摆到人行道上，行人要绕到车道。",
    )  # fmt: skip
    yield _on("assign_lead", ago(12, 9, 40), LEADER, "answered", handler_id=f"${FIRST}")
    yield _on(
        "check_lead", ago(11, 10), FIRST, "answered",
        findings="摊主已将货架收回店内，人行道恢复畅通。",
    )  # fmt: skip
    yield _on(
        "settle_lead", ago(11, 11), FIRST, "answered", outcome="persuaded",
        reason="首次发现，经劝导当场改正，没有造成后果。",
    )  # fmt: skip
    yield _on(
        "reply_to_lead", ago(9, 10), FIRST, "answered", way="电话", satisfied=True,
        reply="已到现场处理，摊主当场改正，会加强巡查。",
    )  # fmt: skip
    yield _registered(
        ago(10, 15), "refused", source="complaint", number=2, informant="钱女士（示例）",
        reply_due_on=ago(5).date(), place="桃林路26号楼下", item_key="littering",
        content="楼上住户往楼下抛撒垃圾。",
    )  # fmt: skip
    yield _on("assign_lead", ago(10, 15, 30), LEADER, "refused", handler_id=f"${SECOND}")
    yield _on(
        "check_lead", ago(9, 15), SECOND, "refused",
        findings="现场没有发现垃圾，走访三户并查看物业监控，没有抛撒的记录。",
    )  # fmt: skip
    yield _on(
        "settle_lead", ago(8, 9), HEAD, "refused", outcome="refused",
        reason="经核查没有违法事实，不符合立案标准，决定不予立案。",
    )  # fmt: skip
    yield _on(
        "reply_to_lead", ago(8, 15), SECOND, "refused", way="电话",
        reply="经核查没有发现反映的情况，不予立案；再有发现请及时告知。",
    )  # fmt: skip
    yield _registered(
        ago(5, 8, 50), "due", source="hotline", number=3, informant="孙先生（示例）",
        reply_due_on=today + timedelta(days=2), place="人民路9号门前", item_key="street_stacking",
        content="商铺把装修材料堆在路边，三天没有清走。",
    )  # fmt: skip
    yield _on("assign_lead", ago(5, 9, 30), LEADER, "due", handler_id=f"${FIRST}")
    yield _on(
        "check_lead", ago(4, 16), FIRST, "due",
        findings="路边堆放瓷砖、水泥约一立方米，已要求商铺两日内清走。",
    )  # fmt: skip
    yield _registered(
        ago(2, 10), "fresh", source="patrol", number=0, reply_due_on=None,
        place="有德路77号门前", item_key="graffiti", content="巡查发现沿街墙面张贴广告十余处。",
    )  # fmt: skip
    yield _registered(
        ago(1, 16), "open", source="hotline", number=4, informant="周女士（示例）",
        reply_due_on=Days(today).ahead(4), place="市民广场西侧", item_key="road_occupation",
        content="傍晚有流动摊贩占用广场出入口。",
    )  # fmt: skip
    yield _on("assign_lead", ago(1, 16, 20), LEADER, "open", handler_id=f"${SECOND}")


def _registered(at: Any, bind: str, *, number: int, **form: Any) -> Scripted:
    given = {"source_number": f"示例-{at:%Y%m%d}{number:02d}"} if number else {}
    return step("register_lead", at, FIRST, bind, received_at=at, **given, **form)


def _on(op: str, at: Any, actor: str, lead: str, **form: Any) -> Scripted:
    return step(op, at, actor, lead_id=f"${lead}", **form)
