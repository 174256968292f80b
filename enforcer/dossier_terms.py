"""The glossary of the dossier: what a reviewer finds, where a scanned page stands, how it came there."""

from __future__ import annotations

from enforcer.terms import Term


class ScanState(Term):
    """Where a scanned page stands."""

    FILED = "filed", "已归卷"
    TRAY = "tray", "待认领"
    DUPLICATE = "duplicate", "重复"
    SET_ASIDE = "set_aside", "不归卷"


class ScanSettled(Term):
    """Who said where a scanned page belongs."""

    READ = "read", "按二维码自动归卷"
    HAND = "hand", "人工认领"


class PagePosition(Term):
    """Where the page number stands: the standards differ, so the office chooses."""

    BOTTOM_RIGHT = "bottom_right", "每页右下角"
    TOP_RIGHT = "top_right", "每页右上角"
    TOP_OUTER = "top_outer", "正面右上角、背面左上角"


class ScanPlace(Term):
    """Where signed scans stand in the dossier."""

    INSTEAD = "instead", "代替未签名的打印页"
    BEHIND = "behind", "附在打印页之后"


class Closing(Term):
    """What closing a case asks while its record still lacks something (行政处罚法 第四十七条)."""

    REFUSE = "refuse", "不得结案，先补齐"
    ASK = "ask", "逐项说明理由后可以结案"
    TELL = "tell", "只提示"


class Verdict(Term):
    """What a reviewer would say of one check."""

    PASSED = "passed", "合格"
    HARD = "hard", "不合格"
    MINUS = "minus", "扣分"
    HINT = "hint", "提示"
    LATER = "later", "还没有到"
    NONE = "none", "不涉及"
