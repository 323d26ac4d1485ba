"""What the description promises is what the API does: bounded cases, made up by schemathesis."""

import re
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import positive_data_acceptance

from regietafel.host.api import api_urlpatterns
from regietafel.host.wsgi import application
from tests.app.api.programs import Town

PARAMETER = re.compile(r"<(\w+):\w+>")
BOUNDED = settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def _schema(*, edges: bool) -> Any:
    config = {"generation": {"allow-x00": False}, "phases": {"coverage": {"enabled": edges}}}
    address = "/api/v1/openapi.json"
    return schemathesis.openapi.from_wsgi(address, application, config=SchemathesisConfig.from_dict(config))


def _hold(case: Any, key: str) -> None:
    """Insist that the answer is as described, and that nothing of the neighbour shows."""
    headers = {"Authorization": f"Bearer {key}"}
    response = case.call(headers=headers)
    # What is sent may be well-formed and still name an area or an organisation that does not exist.
    skipped = [positive_data_acceptance] if case.method in {"POST", "PATCH"} else []
    case.validate_response(response, headers=headers, excluded_checks=skipped)
    assert "berghem" not in response.text


@pytest.fixture
def key_to_all(aadorp: Town, berghem: Town) -> str:
    return aadorp.key()


@pytest.fixture
def key_to_dossiers(aadorp: Town, berghem: Town) -> str:
    return aadorp.key("dossiers:lezen")


with_edges, without_edges = _schema(edges=True), _schema(edges=False)


@with_edges.parametrize()
@BOUNDED
def test_a_program_that_may_do_everything(case: Any, key_to_all: str) -> None:
    _hold(case, key_to_all)


@without_edges.parametrize()
@BOUNDED
def test_a_program_that_may_only_read_dossiers(case: Any, key_to_dossiers: str) -> None:
    _hold(case, key_to_dossiers)


def test_without_a_key_only_what_describes_answers(db: None) -> None:
    values = {"int": "1", "str": "GM0141", "uuid": "9f1c0c3e-5b1d-4b8e-9d5b-2f6f0c1a7e11"}
    for pattern in api_urlpatterns:
        path = "/api/v1" + PARAMETER.sub(lambda found: values[found[1]], str(pattern.pattern))
        is_open = pattern.name in {"api-root", "api-description", "api-docs", "api-workbench"}
        expected = 200 if is_open else 401
        assert Client().get(path).status_code == expected, path


@pytest.mark.parametrize("word", ["'", '"', "%00", "%", "../../etc/passwd", "1 OR 1=1", "é", "9" * 40])
def test_odd_words_in_addresses_and_queries_break_nothing(aadorp: Town, word: str) -> None:
    program = aadorp.client()
    program.raise_request_exception = False
    for path in (
        f"gebieden/{word}",
        f"dossiers/{word}",
        f"dossiers?fase={word}",
        f"monitors?dossier={word}",
        f"opvangborden/{word}",
        f"opvangboekingen/{word}",
        f"opvanglocaties?gemeente={word}",
    ):
        assert program.get(f"/api/v1/{path}").status_code in {200, 400, 404}, path
