"""普通程序: the page of an ordinary case from the lead to the closed file."""

from ui.cases.course.page import CourseView

__all__ = ["CourseView"]
