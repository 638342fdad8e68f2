"""The cookie of a sign-in: out of reach of scripts, not sent along by pages elsewhere but for a click that leads here.

With https its name begins with `__Host-`: browsers then take it from this very host only, and send it by https only.
"""

from datetime import datetime
from typing import Final

from starlette.requests import HTTPConnection
from starlette.responses import Response

from vivavoce.api.wiring import ApiSettings

_NAME: Final = "vivavoce"


def is_secure(connection: HTTPConnection, settings: ApiSettings) -> bool:
    """Whether people come by https: as configured, else as this request did."""
    return settings.secure or connection.scope.get("scheme") in ("https", "wss")


def _name(connection: HTTPConnection, settings: ApiSettings, suffix: str = "") -> str:
    return f"__Host-{_NAME}{suffix}" if is_secure(connection, settings) else f"{_NAME}{suffix}"


def cookie_of(connection: HTTPConnection, settings: ApiSettings, suffix: str = "") -> str | None:
    return connection.cookies.get(_name(connection, settings, suffix)) or None


def set_cookie(
    connection: HTTPConnection,
    response: Response,
    settings: ApiSettings,
    value: str,
    *,
    expires_at: datetime,
    suffix: str = "",
) -> None:
    response.set_cookie(
        _name(connection, settings, suffix),
        value,
        expires=expires_at,
        path="/",
        secure=is_secure(connection, settings),
        httponly=True,
        samesite="lax",
    )


def drop_cookie(connection: HTTPConnection, response: Response, settings: ApiSettings, suffix: str = "") -> None:
    secure = is_secure(connection, settings)
    response.delete_cookie(_name(connection, settings, suffix), path="/", secure=secure, httponly=True, samesite="lax")
