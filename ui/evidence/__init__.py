"""证据: taking recordings in, finding, playing and proving them, keeping them."""

from ui.evidence.page import EvidencePage

__all__ = ["EvidencePage"]
