"""Secrets that nobody keeps, and the signature made with them: by RFC 2104, written out once more here."""

import hashlib
from hmac import compare_digest

from portal.webhooks.domain.assinatura import derive, mark, sign


def by_hand(key: bytes, data: bytes) -> str:
    padded = key.ljust(64, b"\0") if len(key) <= 64 else hashlib.sha256(key).digest().ljust(64, b"\0")
    inner = hashlib.sha256(bytes(one ^ 0x36 for one in padded) + data).digest()
    return hashlib.sha256(bytes(one ^ 0x5C for one in padded) + inner).hexdigest()


def test_a_secret_follows_from_pepper_and_salt_and_from_nothing_less() -> None:
    secret = derive("pimenta", "abc.1")

    assert secret == derive("pimenta", "abc.1")
    assert len({secret, derive("outra", "abc.1"), derive("pimenta", "abc.2")}) == 3
    assert secret.startswith("whsec_")
    assert len(secret) == len("whsec_") + 43  # 256 bits


def test_the_mark_says_which_pepper_and_is_no_part_of_a_secret() -> None:
    assert mark("pimenta") != mark("outra")
    assert mark("pimenta") not in derive("pimenta", f"{mark('pimenta')}.1")


def test_one_signature_for_each_secret_over_time_and_body() -> None:
    body = b'{"a":1}'
    header = sign(["um", "dois"], body, timestamp=1795372800)

    t, first, second = header.split(",")
    assert t == "t=1795372800"
    assert compare_digest(first, f"v1={by_hand(b'um', b'1795372800.' + body)}")
    assert compare_digest(second, f"v1={by_hand(b'dois', b'1795372800.' + body)}")
