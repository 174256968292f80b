"""Qt's own dialogs in Chinese."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator


def speak_chinese(app: QCoreApplication) -> bool:
    """Load `qtbase_zh_CN`; False where this Qt came without it."""
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    locale = QLocale(QLocale.Language.Chinese, QLocale.Country.China)
    QLocale.setDefault(locale)
    return translator.load(locale, "qtbase", "_", folder) and app.installTranslator(translator)
