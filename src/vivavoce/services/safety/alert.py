"""A human is told that the crisis protocol began: by a signed notice, and by e-mail. Durable, and retried."""

import json
from collections.abc import Mapping
from typing import Final

from standardwebhooks.webhooks import Webhook

from vivavoce.base.ids import SessionId, TurnId
from vivavoce.domain.errors import NotFound, Unavailable
from vivavoce.domain.sessions.events import TurnHeard
from vivavoce.services.container import Services
from vivavoce.services.ports import SYSTEM, Transaction
from vivavoce.services.ports_outside import Mail
from vivavoce.services.stored_log import whole_log

TYPE: Final = "crisis.noticed"
_WITHIN_S: Final = 10.0


async def alert(payload: Mapping[str, str], *, use: Services) -> None:
    """Send one alert on its way (`url` or `email`). Nothing happens where that is not configured.

    Raises Unavailable if it was not taken: it is then tried again, under the same id.
    """
    if payload["way"] == "url":
        await _post(payload, use)
    else:
        await _mail(payload, use)


async def _post(payload: Mapping[str, str], use: Services) -> None:
    config, web = use.config.safety, use.outside.web
    if config.alert_url is None or web is None:
        return
    told = await _told(payload, use)
    body = json.dumps({"type": TYPE, "timestamp": told["at"], "data": told}, separators=(",", ":"))
    id, now = f"msg_{payload['session']}_{payload['turn']}", use.clock.now()
    headers = {"content-type": "application/json", "webhook-id": id, "webhook-timestamp": str(int(now.timestamp()))}
    if config.alert_secret is not None:
        signer = Webhook(config.alert_secret.get_secret_value())
        headers["webhook-signature"] = signer.sign(id, now, body)
    answer = await web.post(config.alert_url, body.encode(), headers, timeout_s=_WITHIN_S)
    if not 200 <= answer.status < 300:
        raise Unavailable(f"The address for safety alerts answered {answer.status}.")


async def _mail(payload: Mapping[str, str], use: Services) -> None:
    config, mailer = use.config.safety, use.outside.mailer
    if config.alert_email is None or mailer is None:
        return
    told = await _told(payload, use)
    lines = [
        "In a session on your platform the crisis protocol has begun. The AI has stopped what it was doing, has shown",
        "help lines and stays in the session. Please look after the person as you have agreed to.",
        "",
        *(f"{name}: {value}" for name, value in told.items()),
    ]
    await mailer.send(Mail(config.alert_email, "Safety alert: the crisis protocol began", "\n".join(lines)))


async def _told(payload: Mapping[str, str], use: Services) -> dict[str, str]:
    """What an alert says: which session, when and what kind; what was said only where that is configured."""
    told = {name: payload[name] for name in ("session", "kind", "at")}
    if use.config.safety.alert_words:
        async with use.store.reading() as tx:
            words = await _words(SessionId(payload["session"]), TurnId(payload["turn"]), tx)
        if words is not None:
            told["words"] = words
    return told


async def _words(session: SessionId, turn: TurnId, tx: Transaction) -> str | None:
    try:
        events = await whole_log(SYSTEM, session, tx)
    except NotFound:  # erased meanwhile
        return None
    said = (event.fact for event in events if isinstance(event.fact, TurnHeard))
    return next((fact.text for fact in said if fact.turn == turn), None)
