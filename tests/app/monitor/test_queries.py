"""Writing a question: what the page says of it, what it changes, and that nothing is kept unseen."""

import html
import re

import pytest
from django.test import Client

from regietafel.monitor.models import Monitor
from regietafel.monitor.selectors.monitors import current_query
from regietafel.monitor.selectors.trying import read_question, try_question
from regietafel.monitor.services.monitors import revise_query
from regietafel.monitor.services.places import create_place
from regietafel.register.models import User
from tests.app.monitor.town import Town, deliver, draft, row

pytestmark = pytest.mark.django_db
QUESTION = "/omgeving/monitors/{}/zoekvraag"


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(page: bytes) -> str:
    """What a reader sees, without tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.decode())).split())


def edit(town: Town, monitor: Monitor, **sent: str) -> str:
    answer = browser(town.adviser).post(QUESTION.format(monitor.pk) + "/wijzigen", sent)
    assert answer.status_code in {200, 422}
    return answer.content.decode()


def editor_text(page: str) -> str:
    found = re.search(r'<textarea name="text".*?>\n(.*?)</textarea>', page, re.DOTALL)
    assert found
    return html.unescape(found[1])


def test_what_a_question_changes_is_shown_before_it_is_kept(town: Town, running: Monitor) -> None:
    page = edit(town, running, text="opvang NIET kinderopvang", stap="voorleggen")
    assert "nog niets bewaard" in page and re.search(r"<ins>.*NIET kinderopvang", page)
    assert running.query_versions.count() == 1
    sent = {"text": "opvang NIET kinderopvang", "note": "te breed", "stap": "bewaren"}
    answer = browser(town.adviser).post(QUESTION.format(running.pk) + "/wijzigen", sent)
    assert answer["Location"] == QUESTION.format(running.pk)
    version = current_query(running)
    assert version and (version.number, version.note) == (2, "te breed")


def test_a_question_is_not_kept_without_a_reason(town: Town, running: Monitor) -> None:
    page = edit(town, running, text="voetbal", note="", stap="bewaren")
    assert "Dit moet u nog aanpassen" in page and running.query_versions.count() == 1


def test_going_back_keeps_what_was_written(town: Town, running: Monitor) -> None:
    page = edit(town, running, text="voetbal OF\r\nkorfbal", stap="terug", note="")
    assert editor_text(page) == "voetbal OF\nkorfbal"


def test_a_mistake_is_shown_at_its_place(town: Town, running: Monitor) -> None:
    page = edit(town, running, text="opvang EN\r\n(azc OF", stap="proberen")
    assert 'data-line="2"' in page and "(azc OF\n" in page
    assert "Regel 2" in text_of(page.encode())
    kept = browser(town.adviser).post(
        QUESTION.format(running.pk) + "/wijzigen", {"text": "(azc OF", "stap": "voorleggen"}
    )
    assert kept.status_code == 422 and running.query_versions.count() == 1


def test_a_suggestion_is_taken_over_with_a_button(town: Town, running: Monitor) -> None:
    page = edit(town, running, text="opvang OF\r\nIND", stap="proberen")
    button = re.search(r'name="vervang" value="([^"]+)"', page)
    assert button
    changed = edit(town, running, text="opvang OF\r\nIND", vervang=html.unescape(button[1]))
    assert editor_text(changed) == "opvang OF\n=IND"


def test_the_model_question_is_a_start(town: Town, running: Monitor) -> None:
    page = edit(town, running, text="", stap="model")
    assert "<plaatsnaam>" in editor_text(page) and "crisisnoodopvang*" in editor_text(page)
    assert "hier is niets ingevuld: &lt;plaatsnaam&gt;" in page


def test_the_model_question_takes_the_only_profile(town: Town, running: Monitor) -> None:
    values = {"plaatsnaam": ["Waterdorp"]}
    place = create_place(organisation=town.organisation, name="Waterdorp", values=values, by=None)
    chosen = f'<option value="{place.pk}" selected>'
    assert chosen in edit(town, running, text="", filled_from="", stap="model")
    new = f"/dossiers/{town.dossier.pk}/omgeving/nieuw"
    page = browser(town.adviser).post(new, {"stap": "model", "title": "Kade"}).content.decode()
    assert chosen in page and 'value="Kade"' in page and "&lt;plaatsnaam&gt;" in page
    create_place(organisation=town.organisation, name="Elders", values=values, by=None)
    assert chosen not in edit(town, running, text="", filled_from="", stap="model")


def test_the_question_of_a_new_monitor_is_read_while_it_is_written(town: Town) -> None:
    url = f"/dossiers/{town.dossier.pk}/omgeving/nieuw/lezen"
    told = text_of(browser(town.adviser).post(url, {"query": "opvang NIET kinderopvang"}).content)
    assert "Mag er niet in staan: kinderopvang" in told
    assert browser(town.reader).post(url, {"query": "opvang"}).status_code == 403


def test_the_reading_says_what_fills_the_blanks(town: Town, running: Monitor) -> None:
    place = create_place(
        organisation=town.organisation, name="Waterdorp", values={"plaatsnaam": ["Waterdorp"]}, by=None
    )
    deliver(town.source, [row(1, "Opvang in Waterdorp"), row(2, "Opvang in Elders")])
    url = QUESTION.format(running.pk) + "/proberen"
    sent = {"text": "opvang EN (<plaatsnaam> OF <straatnaam>)", "filled_from": str(place.pk)}
    answer = browser(town.adviser).post(url, sent)
    told = text_of(answer.content)
    assert "uit het plaatsprofiel “Waterdorp”" in told and "1 van de 2 berichten" in told
    assert "<straatnaam> niet ingevuld" in told
    without = text_of(browser(town.adviser).post(url, sent | {"filled_from": ""}).content)
    assert "hier is niets ingevuld: <plaatsnaam>" in without and "berichten uit nieuws" not in without


def test_a_profile_of_the_neighbour_is_not_read(town: Town, running: Monitor) -> None:
    theirs = create_place(organisation=town.neighbour, name="B", values={"plaatsnaam": ["Geheim"]}, by=None)
    sent = {"text": "opvang EN <plaatsnaam>", "filled_from": str(theirs.pk)}
    page = browser(town.adviser).post(QUESTION.format(running.pk) + "/proberen", sent).content.decode()
    assert "Geheim" not in page


def test_terms_are_counted_in_and_outside_the_answer(town: Town, running: Monitor) -> None:
    titles = ("Opvang aan de Kade", "Kinderopvang en opvang aan de Kade", "Voetbal aan de Kade")
    private = row(9, "", tekst="Opvang aan de Kade", soort="sociaal")
    deliver(town.source, [*(row(number, title) for number, title in enumerate(titles)), private])
    asked = read_question("opvang EN kade NIET kinderopvang", {}).asked
    assert asked
    trial = try_question(running, asked)
    counts = {term.written: (term.holding, term.found, term.is_excluded) for term in trial.terms}
    assert (trial.looked_at, trial.found) == (3, 1), "messages of people are not looked at"
    assert counts == {"opvang": (2, 1, False), "kade": (3, 1, False), "kinderopvang": (1, 0, True)}
    marked = [piece.text for piece in trial.examples[0].title if piece.is_marked]
    assert marked == ["Opvang", "Kade"]


def test_what_may_be_there_all_the_same_is_not_counted_as_excluded(town: Town, running: Monitor) -> None:
    deliver(town.source, [row(1, "Noodopvang naast kinderopvang"), row(2, "Opvang naast kinderopvang")])
    asked = read_question("opvang* OF noodopvang NIET (kinderopvang NIET noodopvang)", {}).asked
    assert asked
    excluded = {term.written for term in try_question(running, asked).terms if term.is_excluded}
    assert excluded == {"kinderopvang"}


def test_who_reads_along_from_elsewhere_sees_the_question_and_no_messages(
    town: Town, running: Monitor
) -> None:
    deliver(town.source, [row(1, "Opvang aan de Kade")])
    town.dossier.shared_with.add(town.neighbour)
    client = browser(town.stranger)
    page = text_of(client.get(QUESTION.format(running.pk)).content)
    assert "Zo lezen wij uw vraag" in page and "Wat de vraag vindt" not in page
    for step in ("/wijzigen", "/importeren", "/vergelijken"):
        assert client.get(QUESTION.format(running.pk) + step).status_code == 403
    assert client.post(QUESTION.format(running.pk) + "/proberen", {"text": "opvang"}).status_code == 403


def test_a_question_from_elsewhere_is_read_side_by_side_and_kept_as_pasted(
    town: Town, running: Monitor
) -> None:
    client = browser(town.adviser)
    pasted = "opvang NOT kinderopvang OR sporthal"
    url = QUESTION.format(running.pk)
    page = client.post(url + "/importeren", {"dialect": "obi", "pasted": pasted}).content.decode()
    told = text_of(page.encode())
    assert "Zoals geplakt" in told and "opvang AND NOT (kinderopvang OR sporthal)" in told
    sent = {
        html.unescape(name): html.unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    }
    editor = client.post(url + "/wijzigen", sent | {"stap": "terug"}).content.decode()
    assert editor_text(editor) == "opvang AND NOT (kinderopvang OR sporthal)"
    assert 'name="pasted" value="opvang NOT kinderopvang OR sporthal"' in editor
    client.post(url + "/wijzigen", sent | {"note": "uit OBI", "stap": "bewaren"})
    version = current_query(running)
    assert version and version.text == "opvang AND NOT (kinderopvang OR sporthal)"
    assert (version.dialect, version.pasted) == ("obi", pasted)
    assert pasted in text_of(client.get(url).content)


def test_the_review_never_says_nothing_is_wrong_above_a_remark(town: Town, running: Monitor) -> None:
    deliver(town.source, [row(1, "Opvang aan de Kade")])
    nothing = "Wij zien niets om u voor te waarschuwen"
    assert nothing in edit(town, running, text="kade", stap="controle")
    with_hint = edit(town, running, text="kade of aan", stap="controle")
    assert "Neem over" in with_hint and nothing not in with_hint
    assert nothing not in edit(town, running, text="kade OF zeldzaamheid", stap="controle")
    homonym = edit(town, running, text="kade OF Hengelo", stap="controle")
    assert nothing not in homonym and "“Hengelo”:" in homonym.split("kleinere opmerking")[0]


def test_a_person_is_refused_once_at_its_place_with_what_to_do_instead(town: Town, running: Monitor) -> None:
    question = "azc\n(opvang* OF azc) NIET kinderopvang OF Jan Jansen"
    page = edit(town, running, text=question, stap="proberen")
    told = text_of(page.encode())
    assert told.count("is een voornaam met een achternaam") == 1 and 'data-place="42:52"' in page
    assert "Regel 2, teken 39 : “Jan Jansen”" in told and "\n" + 38 * " " + 10 * "^" + "</pre>" in page
    assert "Zoeken naar personen kan niet. " in told
    assert "Zoek op het onderwerp, een plaats of een organisatie." in told
    refused = edit(town, running, text=question, stap="voorleggen")
    (described,) = re.findall(r'<textarea[^>]* aria-describedby="([^"]*)"', refused)
    assert all(f'id="{name}"' in refused for name in described.split()) and "id_text_error" in described


def test_a_name_of_which_the_halves_stand_apart_is_told_once() -> None:
    (apart,) = read_question("(Jan OF Piet) EN azc EN Jansen", {}).mistakes
    assert "Jansen" in apart.message and (apart.at, apart.end) == (17, 30)
    (filled,) = read_question("azc <plaatsnaam>", {"plaatsnaam": ["Jan Jansen"]}).mistakes
    assert "“Jan Jansen”" in filled.message and not filled.caret, "it does not stand in the question"


def test_what_cannot_be_read_is_not_taken_over(town: Town, running: Monitor) -> None:
    url = QUESTION.format(running.pk) + "/importeren"
    page = browser(town.adviser).post(url, {"dialect": "lucene", "pasted": "opvang AND ("}).content.decode()
    assert "Neem over" not in page and "Regel 1" in text_of(page.encode())


def test_any_two_versions_are_compared(town: Town, running: Monitor) -> None:
    for text in ("opvang OF azc", "opvang OF noodopvang"):
        revise_query(monitor=running, text=text, note="x", by=town.adviser)
    client = browser(town.adviser)
    url = QUESTION.format(running.pk) + "/vergelijken"
    latest = text_of(client.get(url).content)
    assert "Van versie 2 naar versie 3" in latest and "[weg: azc ]" in latest
    first = text_of(client.get(url, {"van": "3", "naar": "1"}).content)
    assert "Van versie 1 naar versie 3" in first
    assert client.get(url, {"van": "9"}).status_code == 404
    assert client.get(url, {"van": "²"}).status_code == 200


def test_a_stopped_monitor_keeps_its_question(town: Town, running: Monitor) -> None:
    Monitor.objects.filter(pk=running.pk).update(state="gestopt")
    assert "gestopt" in edit(town, running, text="voetbal", note="x", stap="bewaren")
    assert "Wijzig de zoekvraag" not in text_of(
        browser(town.adviser).get(QUESTION.format(running.pk)).content
    )


def test_a_new_monitor_is_filled_from_a_profile(town: Town) -> None:
    place = create_place(
        organisation=town.organisation, name="Waterdorp", values={"plaatsnaam": ["Waterdorp"]}, by=None
    )
    page = browser(town.adviser).get(f"/dossiers/{town.dossier.pk}/omgeving/nieuw").content.decode()
    assert f'<option value="{place.pk}">Waterdorp</option>' in page
    version = current_query(draft(town, query="opvang EN <plaatsnaam>", filled_from=place))
    assert version and version.blank_values == {"plaatsnaam": ["Waterdorp"]}
