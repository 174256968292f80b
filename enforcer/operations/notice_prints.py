"""Notices to the printer: the frozen paper, and 补打 over every copy after the first."""

from enforcer.operations.notice_forms import PrintNoticesForm, Printout
from enforcer.operations.registry import operation


@operation("打印温馨告知书", PrintNoticesForm)
def print_notices(store, form, *, today, now, actor) -> Printout:
    raise NotImplementedError
