"""One case with its papers, and a scanner that lays them crooked on the glass."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw
from sqlmodel import col, select

from enforcer.documents import qr
from enforcer.errors import Level, Refused
from enforcer.models import Document
from enforcer.operations import course_paper
from enforcer.operations.course_paper_forms import IssuePaperForm, PaperIssued
from enforcer.operations.replaying import read_script, replay
from enforcer.queries import course_papers_offers
from enforcer.queries.course_papers_offers import State
from enforcer.store.database import Store, open_store
from tests.courses_made import COURSES, carry

LONG = "主动清扫，减轻危害后果，采纳申辩，从轻"
DOTS = 150


@dataclass(frozen=True)
class Desk:
    """A home with one case, at the moment its last step was taken."""

    store: Store
    now: datetime

    @property
    def today(self) -> date:
        return self.now.date()

    def issue(self, key: str, row: int = 0) -> PaperIssued:
        """One paper, every warning answered."""
        form = IssuePaperForm(case_id=1, template=key, row=row)
        given = {"today": self.today, "now": self.now, "actor": "周敏"}
        try:
            return course_paper.issue_paper(self.store, form, **given)  # type: ignore[arg-type]
        except Refused as refusal:
            assert all(one.level is Level.WARN for one in refusal.objections), refusal
            reasons = {one.code: "情况属实" for one in refusal.objections}
            form = IssuePaperForm(case_id=1, template=key, row=row, reasons=reasons)
            return course_paper.issue_paper(self.store, form, **given)  # type: ignore[arg-type]

    def issue_all(self) -> None:
        """Every paper of the case that can come out, but those of the dossier itself."""
        for _ in range(2):  # lists wait for the number of their notice
            for one in course_papers_offers.papers(self.store, 1, now=self.now):
                if one.state is State.READY and not one.key.startswith("dossier_"):
                    self.issue(one.key, one.row)

    def frozen(self, document_id: int) -> bytes:
        with self.store.reading() as session:
            row = session.get(Document, document_id)
            assert row
            return (self.store.vault / row.vault_name).read_bytes()

    def papers(self) -> list[Document]:
        with self.store.reading() as session:
            return list(session.exec(select(Document).order_by(col(Document.id))))


def carried(home: Path, course: str, until: str = "", *, long: bool = False) -> Desk:
    """Carry a course out in a home; `long`: its decision takes three pages."""
    script = COURSES / f"{course}.toml"
    if long:
        text = script.read_text(encoding="utf-8")
        assert LONG in text
        more = "；".join(f"第{n}项情节经查证属实，有照片和笔录为证，予以采纳" for n in range(1, 36))
        shutil.copytree(COURSES, home.parent / "courses", dirs_exist_ok=True)
        script = home.parent / "courses" / f"{course}.toml"
        script.write_text(text.replace(LONG, f"{LONG}；{more}"), encoding="utf-8")
    store = open_store(home, clock=lambda: datetime(2026, 12, 1, tzinfo=UTC))
    steps = replay(store, read_script(script, until=until)) if long else carry(store, course, until)
    *_, last = steps
    return Desk(store, last.step.at)


def scanned(
    pdf: bytes, *, turn: float = 0.0, noise: float = 0.0, signed: bool = True, seed: int = 1
) -> list[Image.Image]:
    """The pages as the scanner sees them: signed by hand, turned, with dust and paper grain."""
    chance = random.Random(seed)
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        image = page.render(scale=DOTS / 72, grayscale=True).to_pil().convert("L")
        if signed:
            draw = ImageDraw.Draw(image)
            x, y = image.width * 0.3, image.height * 0.8
            points = [(x + 9 * n, y + chance.randint(-22, 22)) for n in range(20)]
            draw.line(points, fill=30, width=4)
        image = image.rotate(turn, expand=True, fillcolor=250, resample=Image.Resampling.BICUBIC)
        if noise:
            grain = Image.effect_noise(image.size, noise * 255)
            image = Image.blend(image, grain, 0.18)
        pages.append(image)
        page.close()
    document.close()
    return pages


def as_pdf(pages: Sequence[Image.Image]) -> bytes:
    """Pictures as the PDF a scanner makes of them."""
    out = BytesIO()
    first, *more = pages
    first.save(out, "PDF", save_all=True, append_images=list(more), resolution=DOTS)
    return out.getvalue()


def page_with(code: str) -> Image.Image:
    """A page that bears this code, and nothing of ours."""
    image = Image.new("L", (1240, 1754), 255)
    symbol = qr.rows(code)
    size, dots = len(symbol), 8
    for y, row in enumerate(symbol):
        for x in range(size):
            if row >> (size - 1 - x) & 1:
                box = (900 + x * dots, 1400 + y * dots)
                image.paste(0, (*box, box[0] + dots, box[1] + dots))
    return image


__all__ = ["Desk", "as_pdf", "carried", "page_with", "scanned"]
