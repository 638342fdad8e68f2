"""A live connection or stream lasts no longer than its person's right to be there, whatever it travels over."""

import anyio
from starlette.requests import HTTPConnection

from vivavoce.api.live.link import Device, serve
from vivavoce.api.wiring import wiring_of
from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import Unavailable
from vivavoce.domain.people.sign_ins import Signed, Way
from vivavoce.services.access import who
from vivavoce.services.container import Services


async def serve_while_welcome(device: Device, signed: Signed, id: SessionId, http: HTTPConnection) -> None:
    """Carry on one live connection until it is over, or until who opened it was signed out or disabled."""
    async with anyio.create_task_group() as tasks:

        async def show_out() -> None:
            await until_unwelcome(signed, http)
            await device.connection.close(4401, "you were signed out")
            tasks.cancel_scope.cancel()

        tasks.start_soon(show_out)
        await serve(device, signed.viewer, id, wiring_of(http))
        tasks.cancel_scope.cancel()


async def until_unwelcome(signed: Signed, http: HTTPConnection) -> None:
    """Return once who is connected was signed out or disabled; in local mode never."""
    use: Services | None = http.app.state.services
    if signed.way is Way.LOCAL or use is None:
        await anyio.sleep_forever()
        return
    look_s = wiring_of(http).settings.look.total_seconds()
    welcome = True
    while welcome:
        await anyio.sleep(look_s)
        welcome = await _welcome(signed, use)


async def _welcome(signed: Signed, use: Services) -> bool:
    try:
        return await who.still_welcome(signed, use=use)
    except Unavailable:
        return True  # the store will answer another time
