"""The language of a message is noted when it is clear, and left open when it is not."""

import pytest

from regietafel.monitor.adapters.languages import detect_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Omwonenden protesteren tegen de komst van een opvanglocatie", "nl"),
        ("Residents protest against the arrival of a new reception centre", "en"),
        ("Die Gemeinde sucht dringend Unterkünfte für Geflüchtete", "de"),
        ("Де можна отримати допомогу для біженців з України?", "uk"),
        ("أين يمكنني الحصول على المساعدة في مركز الاستقبال؟", "ar"),
        ("Belediye binasında mülteciler için yeni bir yer açılıyor", "tr"),
        ("Nee!", ""),
        ("", ""),
    ],
)
def test_language(text: str, code: str) -> None:
    assert detect_language(text) == code
