"""执法案件管家: case manager for local administrative enforcement. Qt-free; see README.md."""

__version__ = "0.4.0"
