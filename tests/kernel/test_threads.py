"""Libraries with an event loop of their own work inside another one too."""

import asyncio

from portal.kernel.threads import apart


async def answer() -> int:
    return 42


def test_with_and_without_a_loop_around_it_the_work_is_done() -> None:
    async def inside() -> int:
        return apart(lambda: asyncio.run(answer()))

    assert apart(lambda: asyncio.run(answer())) == apart(lambda: asyncio.run(inside())) == 42
