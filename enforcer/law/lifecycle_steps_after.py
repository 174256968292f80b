"""Steps after the decision: service, money, remedies, closing."""

from __future__ import annotations

from enforcer.course_terms import Part
from enforcer.law import lifecycle_guards_after as after
from enforcer.law import lifecycle_guards_coercion as coercion
from enforcer.law import lifecycle_guards_money as money
from enforcer.law import lifecycle_guards_people as people
from enforcer.law import lifecycle_guards_service as service
from enforcer.law.lifecycle_step import (
    CLOSED,
    DECIDED,
    FILED,
    HEAD,
    STAFF,
    Step,
)
from enforcer.terms import CaseStep, Stage

AFTERWARDS: tuple[Step, ...] = (
    Step(
        key=CaseStep.SERVED,
        part=Part.SERVICE,
        frm=FILED | DECIDED,
        cite="行政处罚法（2021）第六十一条第一款",
        rests_on=(CaseStep.FILED,),
        guards=(*people.OFFICERS, *service.SERVED),
        form="serve_document",
    ),
    Step(
        key=CaseStep.SERVICE_FAILED,
        part=Part.SERVICE,
        frm=FILED | DECIDED,
        cite="民事诉讼法（2023）第九十五条第一款",
        rests_on=(CaseStep.FILED,),
        guards=(*people.OFFICERS, *service.FAILED),
        form="fail_service",
    ),
    Step(
        key=CaseStep.PAID,
        part=Part.EXECUTION,
        frm=DECIDED,
        cite="行政处罚法（2021）第六十七条第三款",
        rests_on=(CaseStep.DECIDED,),
        guards=money.PAID,
        form="receive_payment",
    ),
    Step(
        key=CaseStep.DEFERRED,
        part=Part.EXECUTION,
        frm=DECIDED,
        cite="行政处罚法（2021）第六十六条第二款",
        rests_on=(CaseStep.DECIDED,),
        roles=HEAD,
        guards=money.DEFERRED,
        form="defer_payment",
    ),
    Step(
        key=CaseStep.URGED,
        part=Part.EXECUTION,
        frm=DECIDED,
        cite="行政强制法第五十四条",
        rests_on=(CaseStep.DECIDED,),
        guards=money.URGED,
        form="urge",
    ),
    Step(
        key=CaseStep.COURT_APPLICATION,
        part=Part.EXECUTION,
        frm=DECIDED,
        cite="行政强制法第五十三条",
        rests_on=(CaseStep.URGED,),
        guards=money.APPLIED,
        form="apply_to_court",
    ),
    Step(
        key=CaseStep.COURT_ANSWERED,
        part=Part.EXECUTION,
        frm=DECIDED,
        cite="行政强制法第五十六条",
        rests_on=(CaseStep.COURT_APPLICATION,),
        guards=money.ANSWERED,
        form="record_court_answer",
    ),
    Step(
        key=CaseStep.RECONSIDERATION,
        part=Part.EXECUTION,
        frm=DECIDED | CLOSED,
        cite="行政复议法（2023）第二十条第一款",
        rests_on=(CaseStep.DECIDED,),
        roles=STAFF,
        guards=after.REMEDY,
        form="register_reconsideration",
    ),
    Step(
        key=CaseStep.LITIGATION,
        part=Part.EXECUTION,
        frm=DECIDED | CLOSED,
        cite="行政诉讼法（2017）第四十六条第一款",
        rests_on=(CaseStep.DECIDED,),
        roles=STAFF,
        guards=after.REMEDY,
        form="register_litigation",
    ),
    Step(
        key=CaseStep.REMEDY_CONCLUDED,
        part=Part.EXECUTION,
        frm=DECIDED | CLOSED,
        cite="行政处罚法（2021）第七十三条",
        roles=STAFF,
        guards=after.REMEDY_CONCLUDED,
        form="conclude_remedy",
    ),
    Step(
        key=CaseStep.REVOKED,
        part=Part.EXECUTION,
        frm=DECIDED | CLOSED,
        cite="行政处罚法（2021）第七十五条第二款",
        rests_on=(CaseStep.DECIDED,),
        once=True,
        roles=HEAD,
        guards=(*people.EXPLAINED, *after.REVOKED),
        form="revoke_penalty",
    ),
    Step(
        key=CaseStep.CLOSURE_PROPOSED,
        part=Part.EXECUTION,
        frm=FILED | DECIDED,
        cite="行政处罚法（2021）第四十七条",
        rests_on=(CaseStep.FILED,),
        guards=(*coercion.GOODS, *after.CLOSING),
        form="propose_closure",
    ),
    Step(
        key=CaseStep.CLOSED,
        part=Part.EXECUTION,
        frm=FILED | DECIDED,
        to=Stage.CLOSED,
        cite="行政处罚法（2021）第四十七条",
        rests_on=(CaseStep.CLOSURE_PROPOSED,),
        once=True,
        roles=HEAD,
        guards=(*coercion.GOODS, *after.CLOSING),
        form="sign_off",
    ),
)
