"""A guest with an end date: invited by link, couples an app, and sees the one dossier he or she joined."""

import re
from datetime import timedelta

from django.utils import timezone
from django_otp.oath import TOTP

from tests.journeys.conftest import Eyes

MANAGER, OWNER, GUEST = "beheer@esrade.example", "adviseur@esrade.example", "gast@corporatie.example"
PASSWORD = "een lange zin over fietsen en dijken"


def test_a_guest_sees_one_dossier(eyes: Eyes) -> None:
    until = timezone.localdate() + timedelta(days=30)
    eyes.log_in(MANAGER)
    eyes.open("/beheer/mensen/uitnodigen")
    eyes.page.get_by_label("Rol", exact=True).select_option(label="partner (gast)")
    eyes.page.get_by_label("Gast: ziet alleen").check()
    person = {"Naam": "Gerrit Gast", "E-mailadres van het werk": GUEST}
    eyes.fill(person, then="Nodig uit")
    assert "Een gast heeft een einddatum nodig" in eyes.text()
    eyes.fill({"Tot en met": until.isoformat()}, then="Nodig uit")
    link = eyes.page.inner_text("main pre").strip()

    eyes.log_in(OWNER)
    eyes.open("/dossiers/2")
    eyes.press("Deelnemer toevoegen")
    eyes.page.get_by_label("Gebruiker").select_option(label="Gerrit Gast")
    eyes.fill({"Functie": "Wijkbeheerder", "Tot en met": until.isoformat()}, then="Opslaan")
    assert "Wijkbeheerder" in eyes.text()

    eyes.page.context.clear_cookies()
    eyes.page.goto(link)
    for field in eyes.page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    eyes.click(eyes.page.locator("main button[type=submit]"))
    eyes.log_in(GUEST, PASSWORD)
    _couple_app(eyes)
    eyes.look("gast-herstelcodes")
    eyes.press("Ik heb de codes bewaard")
    eyes.open("/dossiers")
    assert "Spoedopvang Sporthal De Els" in eyes.text()
    assert "Havezatheweg" not in eyes.text()
    eyes.open("/dossiers/1")
    assert eyes.page.inner_text("h1") == "Deze pagina is er niet"


def _couple_app(eyes: Eyes) -> None:
    if not eyes.page.url.endswith("/tweede-factor/koppelen"):
        eyes.open("/tweede-factor/koppelen")
    eyes.look("gast-koppelt-app")
    eyes.page.locator("summary", has_text="Lukt de camera niet").click()
    secret = re.sub(r"\s", "", eyes.page.inner_text("main code"))
    eyes.fill({"Code uit de app": _code_of(secret)}, then="Koppel deze app")
    assert eyes.page.locator("main li code").count() >= 8, eyes.text()


def _code_of(secret: str) -> str:
    from base64 import b32decode

    return f"{TOTP(b32decode(secret + '=' * (-len(secret) % 8))).token():06d}"
