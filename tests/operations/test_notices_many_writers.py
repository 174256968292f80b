"""Eight processes issue at once, some are killed: no number is lost, none is drawn twice."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from enforcer.models import Document, Notice
from enforcer.operations import notice_issue, notices, numbering
from enforcer.operations.notice_forms import IssuedNotice, NoticeForm
from enforcer.store import audit, vault
from enforcer.store.database import Store
from tests.factories import Office, an_office

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills by signal")

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4
from enforcer.operations.notice_forms import NoticeForm
from enforcer.operations.notices import issue_notice
from enforcer.store.database import open_store
home, first, second, count = Path(sys.argv[1]), *map(int, sys.argv[2:5])
store = open_store(home, clock=lambda: datetime.now(UTC))
for one in range(count):
    now = datetime(2026, 9, 3, 2, 12, tzinfo=UTC)
    form = NoticeForm(
        request_id=uuid4(), plate="湘J8K216", noticed_at=now, place="桃林路",
        officer1_id=first, officer2_id=second, recorders=("1", "2"), ladder_reason="演练",
    )
    made = issue_notice(store, form, today=now.date(), now=now, actor=sys.argv[5])
    print(made.number, flush=True)
"""


def writer(store: Store, office: Office, name: str, count: int) -> subprocess.Popen[str]:
    first, second, _ = office.officers
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(store.home), str(first), str(second), str(count), name],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


@pytest.mark.slow
def test_eight_writers_and_kills_leave_no_gap_and_no_double(store: Store) -> None:
    office = an_office(store)
    chance = random.Random(7)
    writers = [writer(store, office, f"写手{one}", 8) for one in range(8)]
    time.sleep(1.5)
    for one in chance.sample(writers, 3):
        time.sleep(chance.uniform(0.05, 0.3))
        one.send_signal(signal.SIGKILL)
    said = [line for one in writers for line in one.communicate(timeout=120)[0].split()]
    with store.reading() as session:
        rows = session.exec(select(Notice).order_by(Notice.serial)).all()
        papers = {one.id: one for one in session.exec(select(Document))}
        assert numbering.gaps(session) == []
        assert audit.verify(session).problems == ()
    serials = [one.serial for one in rows]
    assert serials == list(range(1, len(rows) + 1))
    assert len(set(said)) == len(said)
    assert set(said) <= {one.number for one in rows}
    assert len(rows) >= 5 * 8
    for one in rows:
        paper = papers[one.document_id]
        assert vault.read(store.vault, paper.vault_name, paper.sha256)


def test_an_unfinished_issue_is_made_whole_by_the_same_request(
    store: Store, today: date, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between the paper and the row: the paper alone is left, the retry gets the number."""
    office = an_office(store)
    request = uuid4()
    kept = vault.keep

    class Killed(BaseException):
        pass

    def keep_and_die(*args: object, **given: object) -> vault.Kept:
        kept(*args, **given)  # type: ignore[arg-type]
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(notice_issue.vault, "keep", keep_and_die)
        with pytest.raises(Killed):
            _issue(store, office, request, today, now)
    with store.reading() as session:
        assert session.exec(select(Notice)).all() == []
    assert len(list(store.vault.glob("*.pdf"))) == 1
    first = _issue(store, office, request, today, now)
    assert first.number.endswith("00001号")
    assert _issue(store, office, request, today, now) == first
    with store.reading() as session:
        assert numbering.gaps(session) == []


@pytest.mark.parametrize("races", [1, 3, 5])
def test_a_number_taken_meanwhile_is_never_on_our_paper(
    store: Store, today: date, now: datetime, races: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another writer is quicker each time between our look and our transaction."""
    office = an_office(store)
    left = [races]
    kept = vault.keep

    def keep_while_another_issues(*args: object, **given: object) -> vault.Kept:
        found = kept(*args, **given)  # type: ignore[arg-type]
        if left[0] > 0 and not store_is_writing(store):
            left[0] -= 1
            with monkeypatch.context() as plain:
                plain.setattr(notice_issue.vault, "keep", kept)
                _issue(store, office, uuid4(), today, now)
        return found

    monkeypatch.setattr(notice_issue.vault, "keep", keep_while_another_issues)
    issued = _issue(store, office, uuid4(), today, now)
    with store.reading() as session:
        row = session.get(Notice, issued.id)
        assert row is not None
        frozen = row.frozen or {}
        assert dict(frozen["notice"])["number"] == issued.number  # type: ignore[call-overload]
        assert numbering.gaps(session) == []
        papers = session.exec(select(Document)).all()
    assert len(papers) == min(races, 3) + 1
    assert sorted(one.vault_name for one in papers) == sorted(
        one.name for one in store.vault.glob("*.pdf")
    )


def store_is_writing(store: Store) -> bool:
    """Whether our own transaction is open: then nobody else can be quicker."""
    return store.engine.pool.checkedout() > 0  # type: ignore[attr-defined]


def _issue(store: Store, office: Office, request: UUID, today: date, now: datetime) -> IssuedNotice:
    form = NoticeForm(
        request_id=request,
        plate="湘J8K216",
        noticed_at=datetime(2026, 9, 3, 2, 0, tzinfo=UTC),
        place="桃林路",
        officer1_id=office.officers[0],
        officer2_id=office.officers[1],
        recorders=("0700001", "0700002"),
        ladder_reason="演练",
    )
    return notices.issue_notice(store, form, today=today, now=now, actor="周敏")
