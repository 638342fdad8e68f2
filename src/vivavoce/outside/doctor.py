"""Mail and shop, for `vivavoce doctor`: what is configured, and whether it answers."""

import importlib
from collections.abc import Awaitable, Callable
from typing import Final

from vivavoce.base.clock import SystemClock
from vivavoce.base.config_mail import MailConfig
from vivavoce.base.config_money import MoneyConfig
from vivavoce.base.finding import Finding, State
from vivavoce.domain.errors import Unavailable
from vivavoce.outside.mail import SmtpMailer

_NO_MAIL: Final = "No mail is sent, neither links nor reminders nor alerts: set VIVAVOCE_MAIL_HOST."
_NO_SHOP: Final = "Nothing is sold: credits come by `vivavoce credits grant`. Set VIVAVOCE_MONEY_STRIPE_KEY to sell."
_NO_PACKS: Final = "There is a shop and nothing to buy in it: set VIVAVOCE_MONEY_PACKS."
_NO_SECRET: Final = "No payment is noticed: set VIVAVOCE_MONEY_STRIPE_WEBHOOK_SECRET."
_NO_EXTRA: Final = "Its library is missing: install vivavoce[stripe]."


async def mail_finding(mail: MailConfig) -> Finding:
    if mail.host is None:
        return Finding("mail", "none", State.MISSING, _NO_MAIL)
    fault = await _fault(SmtpMailer(mail, SystemClock()).check)
    if fault:
        return Finding("mail", mail.host, State.FAILING, fault)
    return Finding("mail", mail.host, State.OK, f"It answers, by {mail.security}. Mail comes from {mail.sender}.")


async def shop_finding(money: MoneyConfig) -> Finding:
    key, secret = money.stripe_key, money.stripe_webhook_secret
    if key is None:
        return Finding("shop", "none", State.MISSING, _NO_SHOP)
    if secret is None:
        return Finding("shop", "stripe", State.FAILING, _NO_SECRET)
    try:
        shop = importlib.import_module("vivavoce.outside.stripe").StripeShop
    except ImportError:
        return Finding("shop", "stripe", State.FAILING, _NO_EXTRA)
    check: Callable[[], Awaitable[None]] = shop(
        key.get_secret_value(), secret.get_secret_value(), money.stripe_address
    ).check
    fault = await _fault(check)
    if fault:
        return Finding("shop", "stripe", State.FAILING, fault)
    packs = ", ".join(f"{pack.id} ({pack.credits} credits)" for pack in money.packs)
    return Finding("shop", "stripe", State.OK, f"It answers. On sale: {packs}." if packs else _NO_PACKS)


async def _fault(check: Callable[[], Awaitable[None]]) -> str:
    """What is wrong; nothing if all is well."""
    try:
        await check()
    except Unavailable as error:
        return str(error)
    return ""
