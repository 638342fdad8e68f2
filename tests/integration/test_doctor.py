"""What `vivavoce doctor` says of mail and shop: configured or not, and whether they really answer."""

from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult
from tests.integration.test_mail import config, smtp
from tests.server import free_port
from tests.stripe_server import KEY, SECRET, stripe_server

from vivavoce.base.config_mail import MailConfig
from vivavoce.base.config_money import MoneyConfig
from vivavoce.base.finding import State
from vivavoce.outside.doctor import mail_finding, shop_finding

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


def money(**fields: Any) -> MoneyConfig:
    usual: dict[str, Any] = {"stripe_key": KEY, "stripe_webhook_secret": SECRET, "packs": "small:60:900:eur"}
    return MoneyConfig(**{**usual, **fields})


def refused(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    return AuthResult(success=False, handled=False)


async def test_what_is_not_configured_is_missing_and_says_which_setting_brings_it() -> None:
    mail, shop = await mail_finding(MailConfig()), await shop_finding(MoneyConfig())
    assert (mail.state, shop.state) == (State.MISSING, State.MISSING)
    assert "VIVAVOCE_MAIL_HOST" in mail.why
    assert "VIVAVOCE_MONEY_STRIPE_KEY" in shop.why


async def test_a_mail_server_that_takes_us_is_well_and_one_that_does_not_answer_is_failing() -> None:
    with smtp() as (inbox, port):
        assert (await mail_finding(config(port, security="none"))).state is State.OK
        assert not inbox.mails
        assert (await mail_finding(config(port, security="tls", timeout_s=2))).state is State.FAILING
    found = await mail_finding(config(free_port(), security="none"))
    assert (found.state, "VIVAVOCE_MAIL_PORT" in found.why) == (State.FAILING, True)


async def test_a_wrong_password_is_told_apart_and_not_shown() -> None:
    with smtp(authenticator=refused, auth_require_tls=False) as (_, port):
        found = await mail_finding(config(port, security="none", user="vivavoce", password="hunter2"))
    assert (found.state, "VIVAVOCE_MAIL_PASSWORD" in found.why) == (State.FAILING, True)
    assert "hunter2" not in found.why


async def test_a_shop_that_takes_our_key_says_what_is_on_sale() -> None:
    with stripe_server() as stripe:
        found = await shop_finding(money(stripe_address=stripe.url))
        assert (found.state, found.why) == (State.OK, "It answers. On sale: small (60 credits).")
        nothing = await shop_finding(money(stripe_address=stripe.url, packs=""))
        assert "VIVAVOCE_MONEY_PACKS" in nothing.why
        wrong = await shop_finding(money(stripe_address=stripe.url, stripe_key="sk_wrong"))
        assert (wrong.state, "sk_wrong" in wrong.why) == (State.FAILING, False)


async def test_a_shop_that_would_notice_no_payment_is_failing() -> None:
    found = await shop_finding(money(stripe_webhook_secret=None))
    assert (found.state, "VIVAVOCE_MONEY_STRIPE_WEBHOOK_SECRET" in found.why) == (State.FAILING, True)
