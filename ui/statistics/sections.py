"""The sections of 统计: their words, their tables, and what makes them count again."""

from typing import Final

TABLES: Final = frozenset(
    {
        "notice",
        "enforcement_case",
        "decision",
        "payment",
        "guidance",
        "case_event",
        "organ",
        "lead",
        "setting",
    }
)
SECTIONS: Final = (
    ("overview", "概况", ("months",)),
    ("penalties", "行政处罚", ("penalties", "work", "classes")),
    ("soft", "柔性执法", ("soft", "education")),
    ("course", "办案与缴款", ("course", "payment")),
    ("work", "线索与期限", ("leads", "deadlines", "recorders")),
    ("places", "事项与地点", ("items", "places")),
    ("summary", "总结段落", ()),
)
"""Key, word on the tab, tables shown there."""
BY_ROWS: Final = ("deadlines", "recorders")
"""Tables that are judged row by row and follow the others."""
