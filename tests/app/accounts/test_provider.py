"""Logging in through a provider, played by this test: it signs tokens with a key of its own."""

import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.sessions.backends.base import SessionBase
from django.test import RequestFactory

from regietafel.host.accounts.oidc import Callback, ProviderBackend
from regietafel.host.accounts.sessions import BEGAN, PROVIDER_CHECKED_FACTOR, SessionStore
from regietafel.kit.models import AuditEvent
from regietafel.register.models import User
from tests.app.accounts.town import person

pytestmark = pytest.mark.django_db
ISSUER, CLIENT, NONCE = "https://inlog.voorbeeld.example", "regietafel", "eenmalig"


@pytest.fixture(scope="module")
def keys() -> tuple[Any, bytes]:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return private, private.public_key().public_bytes(serialization.Encoding.PEM, form)


class Provider:
    """Answers what a test wants it to answer."""

    def __init__(self, private: Any) -> None:
        self.private = private
        self.token = {
            "iss": ISSUER, "aud": CLIENT, "sub": "42", "nonce": NONCE, "exp": time.time() + 300,
        }  # fmt: skip
        self.person = {"sub": "42", "email": "Anna@Voorbeeld.example", "email_verified": True}


@pytest.fixture
def provider(keys: tuple[Any, bytes], settings: Any, monkeypatch: Any) -> Provider:
    private, public = keys
    settings.OIDC_OP_ISSUER, settings.OIDC_RP_CLIENT_ID = ISSUER, CLIENT
    settings.OIDC_RP_CLIENT_SECRET, settings.OIDC_RP_IDP_SIGN_KEY = "geheim", public.decode()
    for name in ("TOKEN", "USER", "AUTHORIZATION"):
        setattr(settings, f"OIDC_OP_{name}_ENDPOINT", f"{ISSUER}/{name.lower()}")
    settings.OIDC_AUTHENTICATION_CALLBACK_URL = "login"
    found = Provider(private)
    base = ProviderBackend.__mro__[1]
    signed = lambda self, payload: {  # noqa: E731
        "id_token": jwt.encode(found.token, found.private, "RS256"), "access_token": "x",
    }  # fmt: skip
    monkeypatch.setattr(base, "get_token", signed)
    monkeypatch.setattr(base, "get_userinfo", lambda self, access, identity, payload: dict(found.person))
    return found


@pytest.fixture
def anna() -> User:
    return person("anna", ("adviseur", "aadorp"))


def come_in(**arguments: Any) -> tuple[User | None, SessionBase]:
    request = RequestFactory().get("/oidc/callback/?code=c&state=s")
    request.session = SessionStore()
    return ProviderBackend().authenticate(request, **{"nonce": NONCE, **arguments}), request.session


def test_a_verified_address_opens_the_existing_account(anna: User, provider: Provider) -> None:
    found, session = come_in()
    assert found == anna and session[PROVIDER_CHECKED_FACTOR] is False


@pytest.mark.parametrize("claims", [{"amr": ["pwd", "otp"]}, {"amr": ["mfa"]}, {"acr": "urn:hoog"}])
def test_a_second_factor_at_the_provider_counts(
    anna: User, provider: Provider, settings: Any, claims: dict[str, Any]
) -> None:
    settings.OIDC_SECOND_FACTOR_ACR = ["urn:hoog"]
    provider.token |= claims
    assert come_in()[1][PROVIDER_CHECKED_FACTOR] is True


@pytest.mark.parametrize("claims", [{"amr": ["pwd"]}, {"amr": "mfa"}, {"acr": "urn:laag"}, {"acr": ""}])
def test_a_password_at_the_provider_does_not(anna: User, provider: Provider, claims: dict[str, Any]) -> None:
    provider.token |= claims
    assert come_in()[1][PROVIDER_CHECKED_FACTOR] is False


@pytest.mark.parametrize(
    "told",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": ""},
        {"email": "vreemd@voorbeeld.example"},
        {"sub": "43"},
    ],
)
def test_an_address_that_is_not_sure_opens_nothing(
    anna: User, provider: Provider, told: dict[str, Any]
) -> None:
    provider.person |= told
    assert come_in()[0] is None
    assert User.objects.count() == 1, "no account is ever made"


@pytest.mark.parametrize(
    "claims", [{"iss": "https://kwaad.example"}, {"aud": "een-ander"}, {"exp": 1_000_000}, {"exp": None}]
)
def test_a_token_that_is_not_for_us_opens_nothing(
    anna: User, provider: Provider, claims: dict[str, Any]
) -> None:
    provider.token |= claims
    assert come_in()[0] is None


def test_a_forged_or_replayed_token_opens_nothing(anna: User, provider: Provider) -> None:
    assert come_in(nonce="een andere")[0] is None
    provider.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert come_in()[0] is None


def test_closed_roleless_and_practice_accounts_stay_out(provider: Provider) -> None:
    for fields in ({"is_active": False}, {"is_demo": True}, {}):
        User.objects.all().delete()
        person("anna", *([("adviseur", "aadorp")] if fields else []), **fields)
        assert come_in()[0] is None


def test_typing_a_password_never_reaches_the_provider(anna: User, provider: Provider) -> None:
    request = RequestFactory().post("/inloggen?code=c&state=s")
    assert ProviderBackend().authenticate(request, username="anna", password="x") is None


def test_coming_in_starts_the_clocks_and_is_logged(anna: User, provider: Provider) -> None:
    anna.backend = "regietafel.host.accounts.oidc.ProviderBackend"
    request = RequestFactory().get("/oidc/callback/")
    request.session = SessionStore()
    request.session[PROVIDER_CHECKED_FACTOR] = True
    view = Callback()
    view.request, view.user = request, anna
    assert view.login_success().status_code == 302
    assert request.session[BEGAN] and request.session[PROVIDER_CHECKED_FACTOR]
    assert "met tweede stap" in AuditEvent.objects.get().reason
