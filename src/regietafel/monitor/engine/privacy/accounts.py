"""Accounts: whose a mention is, and which account stands in the address of a page."""

from __future__ import annotations

from collections.abc import Sequence

from regietafel.monitor.engine.privacy.masking import is_organisation_account
from regietafel.monitor.engine.privacy.names import NameLists, Token

_PLATFORMS = frozenset(
    "twitter instagram tiktok facebook fb threads linkedin bsky youtube reddit mastodon telegram snapchat "
    "pinterest tumblr flickr strava".split()
)
_SHORT_PLATFORMS = frozenset({("x", "com"), ("t", "me"), ("vk", "com")})
_PART_OF_ADDRESS = frozenset(
    "com net nl app me social org be de www m mobile profile profiles user users u in c channel http "
    "https".split()
)
_NO_PERSON = frozenset(
    "hashtag hashtags groups group company school search explore events event r topic topics tag "
    "watch results i".split()
)
_FEWEST_LETTERS_OFFICE = 7


def is_public_account(token: Token, names: NameLists) -> bool:
    """Tell whether an account is that of an organisation, a medium or who holds a public office."""
    if token.is_pattern:
        return False
    account = token.folded
    offices = (office for office in names.public_offices if len(office) >= _FEWEST_LETTERS_OFFICE)
    is_office = any(account.startswith(office) for office in offices)
    return account in names.public_accounts or is_organisation_account(account) or is_office


def is_platform(tokens: Sequence[Token]) -> bool:
    """Tell whether an address, or a part of one, is of a platform on which people have accounts."""
    return any(_is_platform(tokens, place) for place in range(len(tokens)))


def account_in_address(tokens: Sequence[Token]) -> Token | None:
    """Give the account an address on a social platform is of; None when it is of none, or of a topic."""
    at = next((place for place in range(len(tokens)) if _is_platform(tokens, place)), None)
    if at is None:
        return None
    path = [token for token in tokens[at + 1 :] if token.folded not in _PART_OF_ADDRESS]
    return path[0] if path and path[0].folded not in _NO_PERSON else None


def _is_platform(tokens: Sequence[Token], place: int) -> bool:
    pair = tuple(token.folded for token in tokens[place : place + 2])
    return tokens[place].folded in _PLATFORMS or pair in _SHORT_PLATFORMS
