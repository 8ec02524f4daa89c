"""What the importer says to a person, by code: one plain sentence with the remedy."""

from django.utils.translation import gettext, gettext_lazy

from agencies.imports.errors import Code, RefusalError
from agencies.imports.tripwires import Tripwire

REFUSALS = {
    # files
    Code.UNREADABLE: gettext_lazy(
        "The file “%(value)s” cannot be opened. Check its name and place."
    ),
    Code.FUTURE: gettext_lazy("The date of the list, %(value)s, lies in the future. Correct it."),
    Code.EMPTY: gettext_lazy("The file is empty. Save the list again and check that it opens."),
    Code.TOO_LARGE: gettext_lazy("The file is larger than 20 MB. Send the list without pictures."),
    Code.TOO_MANY_ROWS: gettext_lazy("The list has more than %(most)s rows. Send it in parts."),
    Code.TOO_MANY_COLUMNS: gettext_lazy(
        "The list has more than 50 columns. Remove the columns that do not belong to it."
    ),
    Code.LONG_CELL: gettext_lazy(
        "A cell is longer than 2 000 characters. Check that a quotation mark is not missing."
    ),
    Code.PDF: gettext_lazy(
        "This is a PDF file. Copy its table into a spreadsheet and save it as .xlsx or .csv."
    ),
    Code.OLD_WORKBOOK: gettext_lazy(
        "This kind of workbook cannot be read. Open it and save it as .xlsx or .csv."
    ),
    Code.PACKED: gettext_lazy("This is a packed file. Unpack it and send the list inside it."),
    Code.PICTURE: gettext_lazy("This is a picture. Send the list itself as .xlsx or .csv."),
    Code.WEB_PAGE: gettext_lazy("This is a web page. Copy its table and save it as .xlsx or .csv."),
    Code.MACROS: gettext_lazy("The workbook contains macros. Save it as .xlsx without them."),
    Code.OUTSIDE_LINKS: gettext_lazy(
        "The workbook takes values from other files. Save it with plain values as .xlsx."
    ),
    Code.LOCKED: gettext_lazy("The workbook has a password. Save it without one."),
    Code.SWOLLEN: gettext_lazy("The workbook unpacks to too much. Save the list anew as .csv."),
    Code.NOT_A_WORKBOOK: gettext_lazy(
        "The file is damaged or not an .xlsx workbook. Save the list again as .xlsx or .csv."
    ),
    Code.NO_SHEET: gettext_lazy(
        "The workbook has no sheet that can be read. Unhide the right one."
    ),
    Code.FORMAT: gettext_lazy(
        "A %(value)s file was not expected for this list. Save it as one of: %(expected)s."
    ),
    Code.ENCODING: gettext_lazy("Some letters cannot be read. Save the file as UTF-8."),
    Code.NUL: gettext_lazy("The file holds bytes that are not text. Save the list again as UTF-8."),
    Code.CUT: gettext_lazy("The file ends in the middle of a row. Download or save it again."),
    Code.QUOTES: gettext_lazy("A quotation mark is out of place. Save the list again as .csv."),
    Code.JSON: gettext_lazy("The file is not valid JSON from here on. Save it again."),
    Code.JSON_SHAPE: gettext_lazy(
        "The JSON file must hold a list of objects, one for each agency."
    ),
    Code.NO_COLUMN: gettext_lazy(
        "The column “%(column)s” is missing. Add it, or have the facts about the list changed."
    ),
    Code.NO_ROWS: gettext_lazy("The list has a header and no rows. Save the whole list."),
    Code.MOSTLY_REFUSED: gettext_lazy(
        "%(refused)s of %(rows)s rows cannot be read. Put the first one right and check the rest."
    ),
    Code.COUNT: gettext_lazy(
        "The list says it has %(printed)s records and has %(rows)s rows. Save the whole list."
    ),
    Code.PRIVATE: gettext_lazy(
        "The column “%(column)s” looks like workers’ passports, identity numbers or birth dates."
        " Remove it; nothing was kept."
    ),
    # rows
    Code.RAGGED: gettext_lazy(
        "The row has %(value)s cells, the header has %(wanted)s. Put the row right."
    ),
    Code.NO_NAME: gettext_lazy("The row has no name. Add the name of the agency."),
    Code.TOO_LONG: gettext_lazy("The text is longer than %(most)s characters. Shorten it."),
    Code.BAD_DATE: gettext_lazy("The date cannot be read. Write it as year-month-day."),
    Code.SHORT_YEAR: gettext_lazy("The year has two digits. Write all four."),
    Code.FAR_DATE: gettext_lazy("The year cannot be right. Correct the date."),
}

TRIPWIRES = {
    "W-1": gettext_lazy("%(count)s of %(of)s rows of the current list are gone."),
    "W-2": gettext_lazy("%(count)s of %(of)s rows changed."),
    "W-3": gettext_lazy("The list is %(count)s days older than the current one."),
    "W-4": gettext_lazy("%(count)s of %(of)s agencies would stand worse than before."),
    "W-5": gettext_lazy("%(count)s of %(of)s agencies would become licensed again."),
    "W-6": gettext_lazy("%(count)s of %(of)s rows are refused or have an unknown status."),
    "W-7": gettext_lazy(
        "The facts about name, number, status or dates changed since the last list."
    ),
}


def sentence(refused: RefusalError) -> str:
    """Return what is wrong and what to do, in the reader's language."""
    facts = {"column": refused.column, "value": refused.value, **refused.facts}
    return str(REFUSALS[refused.code]) % facts


def where(refused: RefusalError) -> str:
    """Return the place of a refusal: row, column and value, as far as they are known."""
    parts = []
    if refused.row is not None:
        parts.append(gettext("row %(row)s") % {"row": refused.row})
    if refused.column:
        parts.append(gettext("column “%(column)s”") % {"column": refused.column})
    if refused.value:
        parts.append(gettext("value “%(value)s”") % {"value": refused.value})
    return ", ".join(parts)


def tripwire_sentence(wire: Tripwire) -> str:
    """Return why a second person has to look."""
    return str(TRIPWIRES[wire.code]) % {"count": wire.count, "of": wire.of}
