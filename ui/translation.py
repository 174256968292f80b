"""Qt's own dialogs in Chinese."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from enforcer import paths


def speak_chinese(app: QCoreApplication) -> bool:
    """Load `qtbase_zh_CN`, and our words for what it leaves in English; False where it is absent.

    Ours are made from `resources/dialogs/dialogs_zh_CN.ts` by `pyside6-lrelease`.
    """
    translator, ours = QTranslator(app), QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    locale = QLocale(QLocale.Language.Chinese, QLocale.Country.China)
    QLocale.setDefault(locale)
    if ours.load("dialogs_zh_CN", str(paths.resources() / "dialogs")):
        app.installTranslator(ours)
    return translator.load(locale, "qtbase", "_", folder) and app.installTranslator(translator)
