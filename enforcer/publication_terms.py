"""The glossary of publication: to whom a decision is shown, and why it is withheld."""

from __future__ import annotations

from enforcer.terms import Term


class Audience(Term):
    """Two switches that are never one: the government's own site, and the credit platform."""

    PUBLIC = "public", "向社会公开"
    PLATFORM = "platform", "信用信息平台"


class Withheld(Term):
    """Why a decision is not published (政府信息公开条例 第十四条、第十五条；未成年人)."""

    NO_INFLUENCE = "no_influence", "不具有一定社会影响"
    MINOR = "minor", "当事人是未成年人"
    STATE_SECRET = "state_secret", "涉及国家秘密"
    TRADE_SECRET = "trade_secret", "涉及商业秘密"
    PRIVACY = "privacy", "涉及个人隐私"
    NOT_ON_PLATFORM = "not_on_platform", "不属于应当推送的范围"
