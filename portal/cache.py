"""JSON in the shared cache: a planted pickle must never run."""

import json
from typing import Any


class JsonSerializer:
    def dumps(self, value: Any) -> bytes | int:
        if type(value) is int:  # Redis increments integers itself
            return value
        return json.dumps(value).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data)
