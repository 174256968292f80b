"""The widgets every screen is built of.

What there is, by file:

basics        Page, PageHeader, Card, ActBar (acts with reasons), EmptyState, Scrolled, IconLabel,
              label(), button(), icon_button(), hairline(), set_tone(), repolish()
banner        Banner: say(kind, text, act=, on=), show_objections(objections, jump)
inputs        Input (read, write, edited, complaint), LineEdit, TextArea, Choice, Tick, CountEdit
plate         PlateEdit: plate(), plate_edited; bare(), pointed()
moments       DateEdit, DateTimeEdit; show_day(), show_moment(), parse_day(), CHINA
money_edit    MoneyEdit: 元 typed, 分 read, 大写 beneath
pickers       FilterCombo, OfficerPicker, ItemPicker over Option / officer_option()
field         Field (label, input, error line), FieldGrid
form          FormBinder: values(), set_values(), show_errors(), ready(), draft(), jump()
paged_model   Column, PagedTableModel: ids at once, rows by page
paged_table   PagedTable, Act: opened, selected, sort_asked, selection_told
stages        StageList of StageRow
progress      ProgressBar follows a Job of tasks.work
dialog        Dialog: grows with what it has to say
preview       PdfPreview (QtPdf comes with the first page)
printing      print_pdf(), save_pdf(), send(), draw_pages(), write_whole(), PrintDialog
chart         BarChart of Bar, one or two series, upright or across
pinyin        matches(words, text), initials(text).
"""
