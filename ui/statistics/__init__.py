"""统计: the quarter's figures, each of which opens its rows."""

from ui.statistics.page import StatisticsPage

__all__ = ["StatisticsPage"]
