"""One line per record: a name with line breaks or terminal codes cannot forge a second one."""

import logging

from portal.kernel.text import visible


class OneLine(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        if record.exc_info:  # a traceback is ours, keep it readable
            return text
        return visible(text, 4000)
