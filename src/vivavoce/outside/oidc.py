"""A provider that people may sign in with: OpenID Connect Core 1.0, authorization code with PKCE (RFC 7636).

1. What the provider offers is discovered and kept for an hour.
2. Its keys are kept too, and asked for anew when a token names one that is not known: providers change them.
3. An ID token is believed if it is signed by one of the keys, by this issuer, for us, in time, and for this attempt.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast
from urllib.parse import urlencode

import httpx2
import structlog
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from vivavoce.base.clock import Clock
from vivavoce.base.config_access import OidcSettings
from vivavoce.domain.errors import SignInFailed, Unavailable
from vivavoce.services.access.oidc_port import Claims, Leaving

log = structlog.get_logger()

_TIMEOUT_S: Final = 10.0
_KNOWN_MS: Final = 3600 * 1000
_KEYS_ANEW_MS: Final = 5 * 1000  # not more often, or a made-up key id would have us ask all the time
_LEEWAY_S: Final = 60  # of the provider's clock
# none, and what is signed with a secret that both know, are left out (OpenID Connect Core, 3.1.3.7 and 16)
_ALGORITHMS: Final = ("RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512", "EdDSA")
_REFUSED: Final = "The provider's answer could not be believed. Try again."


def new_client() -> httpx2.AsyncClient:
    """For all providers. It follows no redirects: none of these requests has any."""
    return httpx2.AsyncClient(follow_redirects=False)


@dataclass
class HttpOidcProvider:
    """Implements services.access.oidc_port.OidcProvider. redirect_uri: where the provider sends people back to."""

    settings: OidcSettings
    redirect_uri: str
    clock: Clock
    client: httpx2.AsyncClient
    _found: Mapping[str, Any] | None = field(default=None, init=False)
    _found_at_ms: int = field(default=0, init=False)
    _keys: KeySet | None = field(default=None, init=False)
    _keys_at_ms: int = field(default=0, init=False)

    @property
    def id(self) -> str:
        return self.settings.id

    @property
    def title(self) -> str:
        return self.settings.title or self.settings.id.title()

    @property
    def create(self) -> bool:
        return self.settings.create

    async def address(self, leaving: Leaving) -> str:
        """See the port. Raises Unavailable."""
        found = await self._discovered()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(leaving.verifier.encode()).digest()).decode().rstrip("=")
        query = {
            "response_type": "code",
            "client_id": self.settings.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": " ".join(self.settings.scopes),
            "state": leaving.state,
            "nonce": leaving.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        endpoint = str(found["authorization_endpoint"])
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}"

    async def claims(self, code: str, leaving: Leaving) -> Claims:
        """See the port. Raises SignInFailed, Unavailable."""
        found = await self._discovered()
        tokens = await self._exchanged(found, code, leaving)
        claims = await self._believed(str(tokens.get("id_token", "")), leaving.nonce)
        if "email" not in claims and "userinfo_endpoint" in found and "access_token" in tokens:
            claims = {**await self._user(found, str(tokens["access_token"]), claims["sub"]), **claims}
        email: object = claims.get("email")
        verified = claims.get("email_verified") in (True, "true")  # some send it as text
        return Claims(
            issuer=self.settings.issuer,
            subject=str(claims["sub"]),
            name=str(claims.get("name") or claims.get("preferred_username") or ""),
            email=email if isinstance(email, str) and verified else None,
        )

    # --- what the provider offers ---

    async def _discovered(self) -> Mapping[str, Any]:
        now_ms = self.clock.monotonic_ms()
        if self._found is not None and now_ms - self._found_at_ms < _KNOWN_MS:
            return self._found
        found = await self._json("GET", f"{self.settings.issuer.rstrip('/')}/.well-known/openid-configuration")
        wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if found.get("issuer") != self.settings.issuer or not all(isinstance(found.get(one), str) for one in wanted):
            raise self._unavailable("its configuration does not fit")
        self._found, self._found_at_ms = found, now_ms
        return found

    async def _key_set(self, *, anew: bool) -> KeySet:
        now_ms = self.clock.monotonic_ms()
        if self._keys is not None and not (anew and now_ms - self._keys_at_ms >= _KEYS_ANEW_MS):
            return self._keys
        found = await self._json("GET", str((await self._discovered())["jwks_uri"]))
        keys = cast("list[dict[str, Any]]", found.get("keys") or [])
        usable = [key for key in keys if key.get("kty") in ("RSA", "EC", "OKP") and key.get("use") != "enc"]
        try:
            self._keys = KeySet.import_key_set({"keys": usable})
        except (JoseError, ValueError, TypeError):
            raise self._unavailable("its keys cannot be read") from None
        self._keys_at_ms = now_ms
        return self._keys

    # --- what it says of somebody ---

    async def _exchanged(self, found: Mapping[str, Any], code: str, leaving: Leaving) -> Mapping[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": leaving.verifier,
        }
        auth = None
        secret = self.settings.client_secret
        methods = found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if secret is not None and "client_secret_basic" in methods:
            auth = httpx2.BasicAuth(_quoted(self.settings.client_id), _quoted(secret.get_secret_value()))
        else:
            form["client_id"] = self.settings.client_id
            if secret is not None:
                form["client_secret"] = secret.get_secret_value()
        return await self._json("POST", str(found["token_endpoint"]), data=form, auth=auth)

    async def _believed(self, token: str, nonce: str) -> dict[str, Any]:
        """An ID token's claims. Raises SignInFailed."""
        for anew in (False, True):
            keys = await self._key_set(anew=anew)
            try:
                claims = jwt.decode(token, keys, algorithms=list(_ALGORITHMS)).claims
            except (JoseError, ValueError):  # perhaps it is signed with a key that is new to us
                continue
            why = self._disbelief(claims, nonce)
            if why is not None:
                log.warning("oidc.token_refused", provider=self.id, why=why)
                raise SignInFailed(_REFUSED)
            return claims
        log.warning("oidc.token_refused", provider=self.id, why="signature")
        raise SignInFailed(_REFUSED)

    def _disbelief(self, claims: Mapping[str, Any], nonce: str) -> str | None:
        """What is wrong with an ID token whose signature is right (OpenID Connect Core, 3.1.3.7)."""
        now_s = self.clock.now().timestamp()
        audience: object = claims.get("aud")
        for_whom = cast("list[object]", audience) if isinstance(audience, list) else [audience]
        expires_at, issued_at = claims.get("exp"), claims.get("iat")
        if claims.get("iss") != self.settings.issuer:
            return "issuer"
        if self.settings.client_id not in for_whom:
            return "audience"
        if (len(for_whom) > 1 or "azp" in claims) and claims.get("azp") != self.settings.client_id:
            return "authorized party"
        if not isinstance(expires_at, int | float) or expires_at + _LEEWAY_S <= now_s:
            return "expired"
        if not isinstance(issued_at, int | float) or issued_at - _LEEWAY_S > now_s:
            return "issued in the future"
        if claims.get("nonce") != nonce:
            return "nonce"
        subject: object = claims.get("sub")
        return None if isinstance(subject, str) and subject else "subject"

    async def _user(self, found: Mapping[str, Any], access_token: str, subject: object) -> Mapping[str, Any]:
        bearer = {"Authorization": f"Bearer {access_token}"}
        claims = await self._json("GET", str(found["userinfo_endpoint"]), headers=bearer)
        if claims.get("sub") != subject:  # OpenID Connect Core, 5.3.2
            raise SignInFailed(_REFUSED)
        return claims

    async def _json(self, method: str, url: str, **how: Any) -> Mapping[str, Any]:
        """Raises Unavailable, and SignInFailed where the provider refuses what it was sent."""
        try:
            answer = await self.client.request(method, url, timeout=_TIMEOUT_S, **how)
            content: object = answer.json()
        except (httpx2.HTTPError, ValueError) as error:
            raise self._unavailable(type(error).__name__) from None
        if 400 <= answer.status_code < 500 and method == "POST":
            log.warning("oidc.refused", provider=self.id, status=answer.status_code)
            raise SignInFailed("The provider did not take its own answer back. Try again.")
        if answer.status_code != 200 or not isinstance(content, dict):
            raise self._unavailable(f"status {answer.status_code}")
        return cast("dict[str, Any]", content)

    def _unavailable(self, why: str) -> Unavailable:
        log.warning("oidc.unavailable", provider=self.id, why=why)
        return Unavailable(f"{self.title} cannot be reached at the moment. Try again, or sign in another way.")


def _quoted(text: str) -> str:
    """As RFC 6749, section 2.3.1, has it for HTTP Basic."""
    return urlencode({"": text})[1:]
