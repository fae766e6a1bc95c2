"""One line per record: a name with line breaks or terminal codes cannot forge a second one; no secret address."""

import logging
import re

from portal.kernel.text import visible

SECRET_ADDRESS = re.compile(r"/agenda/[\w-]{20,}")  # Django logs the path of what it refuses


class OneLine(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        text = SECRET_ADDRESS.sub("/agenda/[segredo]", super().format(record))
        if record.exc_info:  # a traceback is ours, keep it readable
            return text
        return visible(text, 4000)
