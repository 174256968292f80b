"""文书模板: the office's papers, each with its text, its editions and a preview."""

from ui.templates.page import TemplatesTab

__all__ = ["TemplatesTab"]
