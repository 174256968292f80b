"""How tests of the office's own law enter it, and how it is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from enforcer.errors import InvalidForm

Do = Callable[..., Any]


def refused(do: Do, deed: Do, form: type, **given: Any) -> dict[str, str]:
    with pytest.raises(InvalidForm) as refusal:
        do(deed, form, **given)
    return refusal.value.by_field


# ── holidays ──

NEW_YEAR = {"name": "元旦", "first": "2027-01-01", "last": "2027-01-03"}


SPRING = {
    "name": "春节", "first": "2027-02-05", "last": "2027-02-12",
    "working": ["2027-01-31", "2027-02-20"],
}  # fmt: skip


NOTICE = {
    "year": 2027,
    "title": "国务院办公厅关于2027年部分节假日安排的通知",
    "number": "国办发明电〔2026〕9号",
    "festivals": [NEW_YEAR, SPRING],
}


# ── local amounts ──

LOCAL = {
    "item_key": "street_stacking",
    "side": "citizen",
    "min_yuan": "50",
    "max_yuan": "200",
    "document": "《某市市容和环境卫生管理条例》",
    "document_number": "某市人大常委会公告第3号",
    "article": "第三十条第一款",
    "text": "处五十元以上二百元以下罚款。",
    "from_on": "2020-01-01",
}
