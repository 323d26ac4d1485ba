"""Who sits behind the browser in the tests of the pages of reception."""

import html
from typing import Any

from django.test import Client


def browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text_of(user: Any, path: str) -> str:
    """Return a page as people read it: entities written out, white space made plain."""
    response = browser(user).get(path)
    assert response.status_code == 200, f"{path} answers {response.status_code}"
    return " ".join(html.unescape(response.content.decode()).replace("\xa0", " ").split())
