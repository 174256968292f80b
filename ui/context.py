"""What every screen is given: the store, the background, the clock, and the window's few calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from enforcer.queries.accounts import SignedIn
    from ui.tasks import Failed, Job, Tasks
    from ui.theme import Theme

Result = TypeVar("Result")
CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Clock:
    """The one place where screens read the time; tests hand in a clock that stands still."""

    read: Callable[[], datetime]

    def now(self) -> datetime:
        """The present moment, aware, in China."""
        return self.read().astimezone(CHINA)

    def today(self) -> date:
        """The civil day in China, whatever the zone of the PC."""
        return self.now().date()


class Window(Protocol):
    """What a screen may ask of the window around it."""

    def message(
        self, kind: str, text: str, *, act: str = "", on: Callable[[], object] | None = None
    ) -> None:
        """Show info, ok, warn or bad in the message bar, with an act if there is one to take."""

    def open(self, kind: str, identity: Any) -> None:
        """Show one thing in its screen: kinds as `search` names them (notice, case, party …)."""

    def go(self, place: str, field: str = "", identity: Any = None) -> None:
        """Go to a screen, or to a section of it: notices, settings.organs, registers.officers."""

    def tell_selection(self, text: str) -> None:
        """Count and sum of what is selected, in the status bar."""

    def tell_draft(self, text: str) -> None:
        """Whether what is typed has been kept, in the status bar."""

    def follow(self, job: Job) -> None:
        """Show the progress of a job under the message bar once it takes long."""


@dataclass(frozen=True, slots=True)
class Context:
    """Handed to each screen when it is first shown; `store` is for the lambdas given to `tasks`.

    In the first-start wizard `store` is None: there is no home yet. `who` has signed in; None
    while accounts are off, and then `actor` is the user of the operating system.
    """

    store: Any
    tasks: Tasks
    theme: Theme
    home: Path
    actor: str
    clock: Clock
    window: Window
    who: SignedIn | None = None

    @property
    def name(self) -> str:
        """Whoever works here, as the register of officers may know him."""
        return self.who.name if self.who else self.actor

    def against(self, deed: str, label: str) -> str:
        """Why whoever works here may not order this deed; empty while accounts are off."""
        if self.who is None:
            return ""
        from enforcer.queries import rights

        said = rights.against(self.who, deed, label) if deed in rights.table() else None
        return said.say if said else ""

    def carry_out(
        self,
        deed: Callable[..., Result],
        form: Any,
        then: Callable[[Result], object],
        *,
        owner: QObject,
        failed: Failed | None = None,
    ) -> None:
        """Carry out one operation with its form, today and now, as whoever works here.

        `form` may be what reads it from the fields: an InvalidForm then goes to `failed`.
        """
        today, now = self.clock.today(), self.clock.now()

        def carried(store: Any) -> Result:
            made = form() if callable(form) else form
            return deed(store, made, today=today, now=now, actor=self.actor)

        self.tasks.do(
            carried,
            then,
            owner=owner,
            failed=failed,
        )
