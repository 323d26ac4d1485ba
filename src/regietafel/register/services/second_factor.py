"""The second factor: an authenticator app that gives a code once, and recovery codes that work once."""

import hashlib
import hmac
import secrets

import django_otp
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from regietafel.kit.refusal import Refused
from regietafel.register.models import User
from regietafel.register.services.accounts import note_access, require_reset

RECOVERY_CODES = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without characters that look alike on paper
GROUPS, GROUP_SIZE = 3, 4
TOTP_DIGITS = 6


@transaction.atomic
def couple_app(*, person: User, key: str, code: str) -> tuple[TOTPDevice, list[str]]:
    """Couple an authenticator app once it shows the right code; returns it with fresh recovery codes."""
    device = TOTPDevice(user=person, name="app", key=key)
    totp = TOTP(device.bin_key)
    if not (code.isascii() and code.isdigit()) or not totp.verify(int(code), tolerance=1):
        raise Refused(
            _("Deze code klopt niet. Kijk of de tijd van uw telefoon goed staat en neem de nieuwste code.")
        )
    TOTPDevice.objects.filter(user=person).delete()
    device.last_t = totp.t()
    device.save()
    note_access(person=person, what="account.tweede-factor-gekoppeld", by=person, details={})
    return device, _fresh_codes(person)


@transaction.atomic
def renew_recovery_codes(*, person: User) -> list[str]:
    """Replace the recovery codes; the old ones stop working."""
    note_access(person=person, what="account.herstelcodes-vernieuwd", by=person, details={})
    return _fresh_codes(person)


def pass_second_factor(*, person: User, code: str) -> Device | None:
    """Accept a code of the app or a recovery code, each once; None when it does not hold."""
    typed = "".join(code.split()).replace("-", "").lower()
    is_app_code = typed.isascii() and typed.isdigit() and len(typed) == TOTP_DIGITS
    model, answer = (TOTPDevice, typed) if is_app_code else (StaticDevice, _kept(person, typed))
    for device in model.objects.devices_for_user(person, confirmed=True):
        if passed := django_otp.verify_token(person, device.persistent_id, answer):
            if not is_app_code:
                note_access(person=person, what="account.herstelcode-gebruikt", by=person, details={})
            return passed
    return None


@transaction.atomic
def remove_second_factor(*, person: User, reason: str, by: User | None) -> None:
    """Take the second factor away, so that a person who lost the phone can couple a new one."""
    require_reset(person=person, by=by)
    if by is not None and by.pk == person.pk:
        raise Refused(_("Vraag een andere beheerder om uw tweede factor te wissen."))
    TOTPDevice.objects.filter(user=person).delete()
    StaticDevice.objects.filter(user=person).delete()
    note_access(person=person, what="account.tweede-factor-gewist", by=by, details={"reason": reason})


def _fresh_codes(person: User) -> list[str]:
    StaticDevice.objects.filter(user=person).delete()
    device = StaticDevice.objects.create(user=person, name="herstelcodes")
    codes = [_new_code() for _number in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create(
        StaticToken(device=device, token=_kept(person, code.replace("-", ""))) for code in codes
    )
    return codes


def _new_code() -> str:
    groups = ("".join(secrets.choice(ALPHABET) for _place in range(GROUP_SIZE)) for _group in range(GROUPS))
    return "-".join(groups)


def _kept(person: User, code: str) -> str:
    """Return what is stored of a recovery code: as much of a keyed hash as the table of django-otp holds."""
    key = hashlib.sha256(b"regietafel.herstelcode:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, f"{person.pk}:{code}".encode(), hashlib.sha256).hexdigest()[:16]
