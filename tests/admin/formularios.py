"""Filling in the admin's forms, and what they answer."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse


def add(client: Client, name: str, **data: Any) -> HttpResponse:
    return client.post(reverse(f"admin:{name}_add"), data)  # type: ignore[return-value]  # the stubs' own


def change(client: Client, name: str, pk: int, **data: Any) -> HttpResponse:
    return client.post(reverse(f"admin:{name}_change", args=[pk]), data)  # type: ignore[return-value]  # as above


def errors(response: Any) -> str:
    return str(response.context["errors"])
