"""What kind of message it is. Only news and press may be quoted, so doubt makes a message private."""

from __future__ import annotations

import re

_WORDS = {
    "nieuws": "nieuws news newspaper nieuwsbericht nieuwssite nieuwsartikel artikel article krant dagblad "
    "print tv radio televisie newspapers magazine tijdschrift nieuwssites",
    "pers": "pers persbericht press pressrelease press-release",
    "sociaal": "sociaal social socials socialmedia twitter x tweet tweets facebook instagram tiktok "
    "youtube linkedin threads bluesky mastodon telegram snapchat pinterest hyves reddit whatsapp post posts "
    "microblog",
    "forum": "forum fora forums forumbericht discussie reactie reacties comment comments",
    "klantcontact": "klantcontact webcare contact telefoon e-mail email mail chat melding klacht",
    "onbekend": "blog blogs weblog review reviews overig other onbekend unknown",
}
_KIND_OF_WORD = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_SAYS_NOTHING = frozenset({"", "internet", "online", "web", "website", "websites", "bericht", "message"})
_SOCIAL = re.compile(
    r"(?:^|\.)(?:x\.com|twitter\.com|facebook\.com|fb\.com|fb\.watch|instagram\.com|tiktok\.com|youtube\.com|youtu\.be"
    r"|linkedin\.com|threads\.(?:net|com)|bsky\.app|bsky\.social|t\.me|telegram\.(?:me|org)|snapchat\.com|pinterest\.\w+"
    r"|nextdoor\.\w+|tumblr\.com|vk\.com|discord\.(?:gg|com)|whatsapp\.com|gab\.com|truthsocial\.com|t\.co)$"
    r"|^(?:mastodon|mstdn|social|toot|pixelfed)\."
)
_FORUM = re.compile(
    r"(?:^|\.)(?:reddit\.com|fok\.nl|gathering\.tweakers\.net|viva\.nl|partyflock\.nl|quora\.com)$|^forums?\."
)
_BLOG = re.compile(
    r"(?:^|\.)(?:wordpress\.com|blogspot\.\w+|blogger\.com|medium\.com|substack\.com|tumblr\.com)$"
)


def message_kind(*, stated: str, domain: str, outlet: str, has_title: bool, default: str) -> str:
    """Decide the kind of a message (kind).

    Args:
        stated: what the row says itself, in any of the words suppliers use; may be empty.
        domain: host of its link without ``www.``; may be empty.
        outlet: the medium the row names; may be empty.
        has_title: whether it has a headline.
        default: the kind of the source as a whole.

    Returns:
        One of ``KINDS``. A known platform always wins. Without any word on the kind, something with a
        headline and an outlet is news; everything else is unknown and so treated as private.

    Method: our own table of words and hosts; in doubt the answer is the one that protects people.

    >>> message_kind(stated="", domain="", outlet="NOS.nl", has_title=True, default="onbekend")
    'nieuws'
    >>> message_kind(stated="nieuws", domain="facebook.com", outlet="", has_title=True, default="nieuws")
    'sociaal'
    """
    platform = _platform(domain) or _platform_outlet(outlet)
    if platform:
        return platform
    word = stated.strip().lower()
    if word not in _SAYS_NOTHING:
        return _KIND_OF_WORD.get(word.replace(" ", ""), _KIND_OF_WORD.get(word.split()[0], "onbekend"))
    if default != "onbekend":
        return default
    return "nieuws" if has_title and outlet else "onbekend"


def _platform(domain: str) -> str:
    if not domain:
        return ""
    if _SOCIAL.search(domain):
        return "sociaal"
    if _FORUM.search(domain):
        return "forum"
    return "onbekend" if _BLOG.search(domain) else ""


def _platform_outlet(outlet: str) -> str:
    word = outlet.strip().lower()
    if not word:
        return ""
    if _KIND_OF_WORD.get(word) in ("sociaal", "forum"):
        return _KIND_OF_WORD[word]
    return "forum" if "forum" in word else _platform(word)
