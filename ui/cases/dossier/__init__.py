"""案卷: how ready a case is, its six parts, the file itself, scans, the archive, a case as one file."""

from ui.cases.dossier.dialog import DossierDialog
from ui.cases.dossier.handover import HandoverDialog
from ui.cases.dossier.opening import OpenCaseDialog
from ui.cases.dossier.view import DossierView

__all__ = ["DossierDialog", "DossierView", "HandoverDialog", "OpenCaseDialog"]
