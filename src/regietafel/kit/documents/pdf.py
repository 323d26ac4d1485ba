"""PDF for people and for screen readers (PDF/UA): tagged, titled, in Dutch, made without any network."""

import logging
import mimetypes
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from regietafel.kit.documents.report import Report, printable

CONTENT_TYPE = "application/pdf"
OWN_FILES = "https://eigen.invalid"
"""The address everything in a document is relative to; it leads nowhere but to our own static files."""


class PdfUnavailable(RuntimeError):
    """This machine lacks the libraries that set text on paper."""


class ForeignAddress(ValueError):
    """A document asked for something that is not one of our own files."""


def write_report(report: Report) -> bytes:
    """Write a report as PDF."""
    return write_page(
        "kit/report.html",
        {
            "report": report,
            "page": {"title": report.title, "purpose": report.purpose},
            "owner": report.organisation,
            "mark": report.mark,
        },
    )


def write_page(template: str, context: dict[str, Any]) -> bytes:
    """Write a template that extends `kit/document.html` as PDF."""
    return write_html(render_to_string(template, context))


def require_libraries() -> None:
    """Raise PdfUnavailable, with what to install, where this machine cannot set text on paper."""
    try:
        import weasyprint  # noqa: F401
    except OSError as error:
        raise PdfUnavailable(
            _("PDF maken lukt niet op deze computer: de bibliotheek Pango ontbreekt. ")
            + _("Laat de beheerder libpango-1.0-0 en libpangoft2-1.0-0 installeren, of kies DOCX.")
        ) from error


def write_html(html: str) -> bytes:
    """Set a page of our own making on paper."""
    require_libraries()
    from weasyprint import HTML

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    page = HTML(string=printable(html), base_url=f"{OWN_FILES}/", url_fetcher=_own_files_only())
    content: bytes = page.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True, optimize_images=True)
    return content


def _own_files_only() -> Any:
    """Make a fetcher that knows our static files and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        """Gives static files by their address; every other address, files of the machine too, is refused."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            kind = mimetypes.guess_type(url)[0] or "application/octet-stream"
            return URLFetcherResponse(url, body=own_file(url), headers={"Content-Type": kind})

    return OwnFiles()


def own_file(url: str) -> bytes:
    """Read the static file an address means, refusing every other address."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    if f"{parts.scheme}://{parts.netloc}" != OWN_FILES or not path.startswith(settings.STATIC_URL):
        raise ForeignAddress(url)
    try:
        found = finders.find(path.removeprefix(settings.STATIC_URL))
    except SuspiciousFileOperation as error:
        raise ForeignAddress(url) from error
    if not found:
        raise ForeignAddress(url)
    with open(found, "rb") as handle:  # noqa: PTH123 (a finder gives text)
        return handle.read()
