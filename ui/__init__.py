"""The window: PySide6 screens over `enforcer`; a screen asks and orders, it knows no tables."""
