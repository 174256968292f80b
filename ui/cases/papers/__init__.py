"""文书: the papers of an ordinary case beside its steps, and the window each is issued from."""

from ui.cases.papers.panel import PapersPanel

__all__ = ["PapersPanel"]
