"""Uploads are counted while they stream and not held: only the first 64 KiB of a file can be a certificate.

A document that comes back signed is the one thing that is taken whole.
"""

import re
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

KEPT = 64 * 1024 + 1  # one byte more than a certificate may have, so that "too big" shows
SIGNED = re.compile(r"/contratos/[^/]+/documentos/[0-9]+/assinatura/(papel/)?")
SIGNED_KEPT = 20 * 1024 * 1024 + 1
LIMIT = 50 * 1024 * 1024  # the manual's "cer até 50MB"


class BoundedUpload(UploadedFile):
    """`size` counts every byte that came; reading gives the first of them, as many as were kept."""

    @property
    def too_large(self) -> bool:
        return (self.size or 0) > LIMIT

    @property
    def content(self) -> bytes:
        self.seek(0)
        data: bytes = self.read()
        return data


class BoundedUploadHandler(FileUploadHandler):
    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        if content_length > 2 * LIMIT + self.chunk_size:  # two files and the fields
            self.request.too_large = True  # type: ignore[union-attr]  # read by portal.middleware
            raise StopUpload(connection_reset=True)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept, self.count = BytesIO(), 0
        self.limit = SIGNED_KEPT if self.request and SIGNED.fullmatch(self.request.path) else KEPT

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.count += len(raw_data)
        if self.count > LIMIT:
            self.request.too_large = True  # type: ignore[union-attr]  # read by portal.middleware
            raise StopUpload(connection_reset=True)
        self.kept.write(raw_data[: max(0, self.limit - self.kept.tell())])

    def file_complete(self, file_size: int) -> UploadedFile:
        self.kept.seek(0)
        return BoundedUpload(self.kept, self.file_name, self.content_type, self.count, self.charset)
