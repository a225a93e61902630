"""A unit's form as a clerk fills it in: by heading and by the part that a row is about."""

import io

import openpyxl

from lianfang.common.text import Language
from lianfang.documents.writing.forms import render
from lianfang.documents.writing.measures import CODE
from lianfang.documents.writing.request import Format, Request
from lianfang.intake.exchange.form import form_of
from lianfang.intake.tests.importing import SCHEME
from lianfang.org.tests.cast import ON, Cast
from lianfang.register.model import Register


class Form:
    """The form of a unit as it stands in the register."""

    def __init__(
        self,
        cast: Cast | None,
        unit: str = "CW",
        language: Language = Language.ZH,
        content: bytes = b"",
    ) -> None:
        if cast is not None:
            content = form_of(cast.organisation, cast.units[unit], SCHEME, on=ON, language=language)
        self._book = openpyxl.load_workbook(io.BytesIO(content))
        self.sheet = self._book.worksheets[0]

    @classmethod
    def of(cls, register: Register) -> "Form":
        """Return a form written from any register, as whoever forges one writes it."""
        request = Request(
            register=register, scheme=SCHEME, on=ON, language=Language.ZH, fillable=True
        )
        return cls(None, content=render(CODE, request, Format.XLSX))

    def put(self, key: str, **values: str | None) -> "Form":
        """Fill in cells of a row."""
        row = self.row_of(key)
        for heading, value in values.items():
            self.sheet.cell(row, self._column(heading)).value = value
        return self

    def delete(self, *keys: str) -> "Form":
        """Delete whole rows."""
        for key in keys:
            self.sheet.delete_rows(self.row_of(key))
        return self

    def damage(self) -> None:
        """Change what the form carries unseen."""
        hidden = self._book.worksheets[1]
        hidden["A1"] = str(hidden["A1"].value)[:-20]

    def row_of(self, key: str) -> int:
        """Return the row that is about a part, or the blank row of that key."""
        return next(
            number
            for number, cells in enumerate(self.sheet.iter_rows(values_only=True), 1)
            if key in cells
        )

    def content(self) -> bytes:
        """Return the file as it is sent back."""
        content = io.BytesIO()
        self._book.save(content)
        return content.getvalue()

    def _column(self, heading: str) -> int:
        return next(
            cell.column
            for cells in self.sheet.iter_rows(max_row=8)
            for cell in cells
            if cell.value == heading
        )
