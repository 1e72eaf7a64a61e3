"""OpenID Connect: the authorization code with PKCE, and an ID token checked before it is believed.

Of the provider nothing is set but its address; what else there is it says itself. Its keys are
read again when a token names one that is not known, so that it may change them at any time.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import orjson
from fastapi import Request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from roster.errors import Conflict, NotFound, NotSignedIn
from roster.installation import Installation
from roster.outside_identities import OutsideIdentity
from roster.settings import Settings
from roster.vault import Vault
from web.wording import marked

BACK = "/signin/openid/back"
AWAY = "/signin/openid/logout"
"""Where the provider says that a session ended there (back-channel logout)."""
_LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
_LOGOUT_LASTS_S = 300
LASTS = timedelta(minutes=10)
"""So long somebody may take to sign in with the provider."""
SKEW_S = 60
"""So far the provider's clock may be from ours."""
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
"""Signatures with the provider's own key; never none, never with our secret."""
_AGAIN_AFTER = timedelta(minutes=60)
_KEYS_AGAIN_AFTER = timedelta(seconds=10)
_TIMEOUT_S = 10
_MOST_BYTES = 1_000_000
_FAILED = marked(
    "Signing in there did not work. Try again; if it fails twice, tell your administrator."
)
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class OpenIDFailed(NotSignedIn):
    """Nobody was named by the provider, or nobody that can be believed; `why` is for the log."""

    def __init__(self, why: str) -> None:
        super().__init__(_FAILED)
        self.why = why


@dataclass(frozen=True, slots=True)
class Begun:
    """What the browser keeps, encrypted, while somebody signs in with the provider."""

    state: str
    nonce: str
    verifier: str
    path: str
    """Where to go after; a path of this site."""
    until: float
    """Seconds since 1970."""

    def locked(self, vault: Vault) -> str:
        """Return it as a cookie holds it."""
        return vault.lock(orjson.dumps(asdict(self))).decode()

    def check_time(self, now: datetime) -> None:
        """Refuse it once it is too old to be believed.

        Raises
        ------
        OpenIDFailed
        """
        if self.until < now.timestamp():
            raise OpenIDFailed("it took too long")


def begin(path: str, now: datetime) -> Begun:
    """Return fresh secrets for one sign-in."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    return Begun(state, nonce, verifier, path, (now + LASTS).timestamp())


def begun_in(cookie: str, vault: Vault) -> Begun:
    """Return what a cookie holds, however old it is.

    Raises
    ------
    OpenIDFailed
        It is not there, or not ours.
    """
    try:
        return Begun(**orjson.loads(vault.unlock(cookie.encode())))
    except (Conflict, ValueError, TypeError) as error:
        raise OpenIDFailed("no sign-in was begun in this browser") from error


@dataclass(frozen=True, slots=True)
class Logout:
    """What the provider says of a session that ended."""

    token_id: str
    subject: str | None
    session: str | None

    @property
    def is_whole(self) -> bool:
        """Whether it says which session or whose, in words of the right kind."""
        told = (self.subject, self.session)
        are_texts = all(one is None or (isinstance(one, str) and one) for one in told)
        return isinstance(self.token_id, str) and are_texts and any(told)


class Provider:
    """The provider of an installation.

    Parameters
    ----------
    settings : with `oidc_issuer` and `oidc_client_id`
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._said: dict[str, Any] = {}
        self._said_at: datetime | None = None
        self._keys: KeySet | None = None
        self._keys_at: datetime | None = None

    @property
    def label(self) -> str:
        """The name of the provider, as people know it."""
        return self.settings.oidc_label or urlsplit(self.settings.oidc_issuer).netloc

    @property
    def back(self) -> str:
        """The address to which the provider leads back."""
        return f"{self.settings.base_url}{BACK}"

    # --- The way there ----------------------------------------------------------------------------

    def way_there(self, begun: Begun, *, locale: str, now: datetime) -> str:
        """Return the address at which somebody signs in.

        Raises
        ------
        OpenIDFailed
        """
        challenge = base64.urlsafe_b64encode(hashlib.sha256(begun.verifier.encode()).digest())
        asked = {
            "response_type": "code",
            "client_id": self.settings.oidc_client_id,
            "redirect_uri": self.back,
            "scope": "openid email profile",
            "state": begun.state,
            "nonce": begun.nonce,
            "code_challenge": challenge.decode().rstrip("="),
            "code_challenge_method": "S256",
            "ui_locales": locale,
        }
        return _with_query(self._address("authorization_endpoint", now), asked)

    def way_out(self, *, back: str, now: datetime) -> str:
        """Return the address at which the provider's own session ends; empty where it has none."""
        try:
            address = self._address("end_session_endpoint", now)
        except OpenIDFailed:
            return ""
        asked = {
            "client_id": self.settings.oidc_client_id,
            "post_logout_redirect_uri": f"{self.settings.base_url}{back}",
        }
        return _with_query(address, asked)

    # --- The way back -----------------------------------------------------------------------------

    def identity(self, answer: dict[str, str], begun: Begun, *, now: datetime) -> OutsideIdentity:
        """Return who somebody is, from what the provider sent back with the browser.

        Raises
        ------
        OpenIDFailed
        """
        if not secrets.compare_digest(answer.get("state", "").encode(), begun.state.encode()):
            raise OpenIDFailed("the state is another one")
        if answer.get("iss", self.settings.oidc_issuer) != self.settings.oidc_issuer:
            raise OpenIDFailed("another provider answered")
        if "code" not in answer:
            raise OpenIDFailed("the provider refused")
        given = self._exchange(answer["code"], begun, now)
        claims = self._claims(str(given.get("id_token", "")), begun, now)
        if self.settings.oidc_claim not in claims:
            names: tuple[str, ...] = ("sub", "sid")
            told = {name: claims[name] for name in names if name in claims}
            claims = {**self._asked_of_user(given, claims, now), **told}
        return self._named_by(claims)

    def logout(self, token: str, *, now: datetime) -> Logout:
        """Return which session ended, or whose, from what the provider sent by itself.

        Raises
        ------
        OpenIDFailed
        """
        registry = jwt.JWTClaimsRegistry(
            now=lambda: int(now.timestamp()),
            leeway=SKEW_S,
            iss={"essential": True, "value": self.settings.oidc_issuer},
            aud={"essential": True, "value": self.settings.oidc_client_id},
            iat={"essential": True},
            jti={"essential": True},
            events={"essential": True},
        )
        try:
            claims = self._decoded(token, now)
            registry.validate(claims)
        except (JoseError, ValueError) as error:
            raise OpenIDFailed(f"the logout token does not hold: {type(error).__name__}") from error
        said = Logout(claims["jti"], claims.get("sub"), claims.get("sid"))
        events = claims["events"]
        is_one = isinstance(events, dict) and isinstance(events.get(_LOGOUT), dict)
        # With a nonce it would be an ID token, which somebody might have got hold of.
        if not is_one or "nonce" in claims or not said.is_whole:
            raise OpenIDFailed("the logout token says nothing of a logout")
        if claims["iat"] < now.timestamp() - _LOGOUT_LASTS_S - SKEW_S:
            raise OpenIDFailed("the logout token is too old")
        return said

    def _exchange(self, code: str, begun: Begun, now: datetime) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.back,
            "code_verifier": begun.verifier,
        }
        name, secret = (
            self.settings.oidc_client_id,
            self.settings.oidc_client_secret.get_secret_value(),
        )
        known = self._discovered(now).get("token_endpoint_auth_methods_supported")
        in_form = not secret or (known and "client_secret_basic" not in known)
        if in_form:
            form |= {"client_id": name} | ({"client_secret": secret} if secret else {})
        auth = None if in_form else httpx.BasicAuth(name, secret)
        return _asked("POST", self._address("token_endpoint", now), data=form, auth=auth)

    def _claims(self, token: str, begun: Begun, now: datetime) -> dict[str, Any]:
        registry = jwt.JWTClaimsRegistry(
            now=lambda: int(now.timestamp()),
            leeway=SKEW_S,
            iss={"essential": True, "value": self.settings.oidc_issuer},
            aud={"essential": True, "value": self.settings.oidc_client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": begun.nonce},
        )
        try:
            claims = self._decoded(token, now)
            registry.validate(claims)
        except (JoseError, ValueError) as error:
            raise OpenIDFailed(f"the ID token does not hold: {type(error).__name__}") from error
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        party = claims.get("azp", "" if several else self.settings.oidc_client_id)
        if party != self.settings.oidc_client_id:
            raise OpenIDFailed("the ID token was made for another party")
        return claims

    def _decoded(self, token: str, now: datetime) -> dict[str, Any]:
        try:
            return dict(jwt.decode(token, self._known_keys(now), algorithms=ALGORITHMS).claims)
        except (JoseError, ValueError):
            # It may be signed with a key that is newer than those known.
            if self._keys_at is not None and now - self._keys_at < _KEYS_AGAIN_AFTER:
                raise
            self._keys = None
            return dict(jwt.decode(token, self._known_keys(now), algorithms=ALGORITHMS).claims)

    def _asked_of_user(
        self, given: dict[str, Any], claims: dict[str, Any], now: datetime
    ) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {given.get('access_token', '')}"}
        more = _asked("GET", self._address("userinfo_endpoint", now), headers=headers)
        if more.get("sub") != claims["sub"]:
            raise OpenIDFailed("the provider told of somebody else")
        return more

    def _named_by(self, claims: dict[str, Any]) -> OutsideIdentity:
        address = claims.get(self.settings.oidc_claim)
        if not isinstance(address, str) or not address.strip():
            raise OpenIDFailed("the claim that holds the address is missing")
        if self.settings.oidc_claim == "email" and claims.get("email_verified") is False:
            raise OpenIDFailed("the provider has not verified the address")
        sid = claims.get("sid")
        return OutsideIdentity(
            self.settings.oidc_issuer,
            str(claims["sub"]),
            address,
            session=sid if isinstance(sid, str) else "",
        )

    # --- What the provider says of itself ---------------------------------------------------------

    def _discovered(self, now: datetime) -> dict[str, Any]:
        if self._said_at is None or now - self._said_at > _AGAIN_AFTER:
            issuer = self.settings.oidc_issuer
            said = _asked("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            if said.get("issuer") != issuer:
                raise OpenIDFailed("the provider calls itself otherwise than ROSTER_OIDC_ISSUER")
            self._said, self._said_at = said, now
        return self._said

    def _address(self, name: str, now: datetime) -> str:
        address = str(self._discovered(now).get(name, ""))
        parts = urlsplit(address)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
            raise OpenIDFailed(f"the provider has no safe {name}")
        return address

    def _known_keys(self, now: datetime) -> KeySet:
        if self._keys is None or (self._keys_at and now - self._keys_at > _AGAIN_AFTER):
            said = _asked("GET", self._address("jwks_uri", now))
            try:
                self._keys = KeySet.import_key_set({"keys": said.get("keys", [])})
            except (JoseError, ValueError, TypeError) as error:
                raise OpenIDFailed("the keys of the provider cannot be read") from error
            self._keys_at = now
        return self._keys


def provider_of(request: Request, installation: Installation) -> Provider:
    """Return the provider of an installation.

    Raises
    ------
    NotFound
        None is set.
    """
    if not installation.settings.oidc_issuer:
        raise NotFound("There is no page at this address, or none that you may see.")
    state = request.app.state
    held: Provider | None = getattr(state, "openid", None)
    if held is None or held.settings is not installation.settings:
        held = state.openid = Provider(installation.settings)
    return held


def _with_query(address: str, asked: dict[str, str]) -> str:
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}"


def _asked(method: str, address: str, **more: Any) -> dict[str, Any]:
    """Return what the provider answers; it is never followed elsewhere."""
    try:
        with (
            httpx.Client(timeout=_TIMEOUT_S, follow_redirects=False) as client,
            client.stream(method, address, **more) as answer,
        ):
            body = b""
            for part in answer.iter_bytes():
                body += part
                if len(body) > _MOST_BYTES:
                    raise OpenIDFailed("the provider answered too much")
            told = orjson.loads(body)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise OpenIDFailed(f"the provider did not answer: {type(error).__name__}") from error
    if answer.status_code != httpx.codes.OK or not isinstance(told, dict):
        raise OpenIDFailed(f"the provider answered {answer.status_code}")
    return told
