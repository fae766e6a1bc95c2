"""ETag of what is read: whoever holds a copy learns in a few bytes that it is still the same (docs/decisions/036)."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags
from rest_framework.response import Response

READING = ("GET", "HEAD")


def with_etag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with its ETag, or 304 without a body where the caller has this very one."""
    if request.method not in READING or response.status_code != 200:
        return response
    if isinstance(response, Response) and not response.is_rendered:
        response.add_post_render_callback(lambda rendered: _stamp(request, rendered))
        return response
    return _stamp(request, response)


def _stamp(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    etag = f'"{hashlib.sha256(response.content).hexdigest()}"'
    if _has(request, etag):
        kept = {name: value for name, value in response.headers.items() if name == "Vary"}
        response = HttpResponseNotModified(headers=kept)
    response.headers["ETag"] = etag
    return response


def _has(request: HttpRequest, etag: str) -> bool:
    """Weakly compared, as RFC 9110 has it for If-None-Match."""
    sent = parse_etags(request.headers.get("If-None-Match", ""))
    return sent == ["*"] or etag in {one.removeprefix("W/") for one in sent}
