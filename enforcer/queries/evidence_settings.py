"""How the office takes evidence in and how long it keeps it: its choices, else the usual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from enforcer.evidence_terms import RetentionClass
from enforcer.exchange.media_names import DEFAULTS
from enforcer.law.arithmetic import add_months
from enforcer.law.parameters import TO_CONFIRM
from enforcer.queries import office
from enforcer.queries.looking import Where, looking
from enforcer.store.database import Store

KEY = "evidence"
RETENTION = "recording_retention_days"
RETENTION_MONTHS = 6
"""What the police rule on recorders gives (公安机关现场执法视音频记录工作规定 第十三条), until the
office has confirmed its own number of days."""
CHECK_DAYS, OVERWRITE_DAYS, UPLOAD_HOURS = 7, 7, 24
TOLERANCE_SECONDS = 60
NEAR_HOURS = 24


@dataclass(frozen=True, slots=True)
class EvidenceSettings:
    """The office's choices. `retention_days` is None while 待机关确认: six months then."""

    version: str
    patterns: tuple[str, ...] = DEFAULTS
    own_patterns: bool = False
    sm3: bool = False
    folder: str = ""
    check_days: int = CHECK_DAYS
    overwrite_days: int = OVERWRITE_DAYS
    upload_hours: int = UPLOAD_HOURS
    tolerance_seconds: int = TOLERANCE_SECONDS
    obstruction_days: int | None = None
    major_days: int | None = None
    retention_days: int | None = None

    @property
    def retention_label(self) -> str:
        """The retention of an ordinary recording, as the screen says it."""
        if self.retention_days is None:
            return f"{RETENTION_MONTHS}个月（{TO_CONFIRM}）"
        return f"{self.retention_days}天"

    def keep_until(self, kind: RetentionClass, taken_on: date) -> date | None:
        """The last day a file of this class is kept; None for good. A case keeps it for good."""
        days = {
            RetentionClass.ROUTINE: self.retention_days,
            RetentionClass.OBSTRUCTION: self.obstruction_days,
            RetentionClass.MAJOR: self.major_days,
        }[kind]
        if days is not None:
            return taken_on + timedelta(days=days)
        return add_months(taken_on, RETENTION_MONTHS) if kind is RetentionClass.ROUTINE else None


def settings(where: Where) -> EvidenceSettings:
    """What holds now."""
    with looking(where) as session:
        said = office.setting(session, KEY)
        confirmed = office.confirmed(session, RETENTION).value
        version = office.setting_version(session, KEY)
    own = tuple(str(one) for one in said.get("patterns") or ())
    plain = {
        name: said[name]
        for name in (
            "sm3",
            "folder",
            "check_days",
            "overwrite_days",
            "upload_hours",
            "tolerance_seconds",
            "obstruction_days",
            "major_days",
        )
        if name in said
    }
    return EvidenceSettings(
        version,
        patterns=own or DEFAULTS,
        own_patterns=bool(own),
        retention_days=confirmed if isinstance(confirmed, int) else None,
        **plain,
    )


def evidence_folder(store: Store, chosen: EvidenceSettings | None = None) -> Path:
    """Where copies go: the folder the office named, else beside the database."""
    folder = (chosen or settings(store)).folder
    return Path(folder) if folder else own_folder(store)


def own_folder(store: Store) -> Path:
    """The evidence folder inside the data home."""
    return store.home / "evidence"
