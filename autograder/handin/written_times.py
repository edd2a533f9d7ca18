"""Times as tables of platforms write them: Moodle's worksheet in several languages, and numbers."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

# of each month, its names in English, German, French, Spanish, Italian, Portuguese, Dutch; without accents
_MONTHS = [
    "january januar janvier enero gennaio janeiro januari",
    "february februar fevrier febrero febbraio fevereiro februari",
    "march marz mars marzo marco maart",
    "april avril abril aprile",
    "may mai mayo maggio maio mei",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august aout agosto augustus",
    "september septembre septiembre settembre setembro",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember decembre diciembre dicembre dezembro",
]
_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_TIME = r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::\d\d)?(?:\s*(?P<half>[ap])\.?m\.?)?"
_FORMS = [
    # `Friday, 20 November 2026, 10:15 AM`, `Freitag, 20. November 2026, 10:15`
    re.compile(rf"(?:\w+,? )?(?P<day>\d{{1,2}})\.? (?:de )?(?P<month>[a-z]+) (?:de )?(?P<year>\d{{4}}),? {_TIME}"),
    re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)[ t]{_TIME}"),
    # the day first, as everywhere where dots are written
    re.compile(rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}}),? {_TIME}"),
]


def written_time(text: str) -> datetime | None:
    """The time that is written there, without a zone, since none is; None where it cannot be read.

    Example:

    >>> written_time("Freitag, 20. November 2026, 22:15") == written_time("Friday, 20 November 2026, 10:15 PM")
    True
    >>> written_time("11/20/2026 10:15")  # the month or the day first?
    """
    flat = unicodedata.normalize("NFKD", " ".join(text.split())).encode("ascii", "ignore").decode().lower()
    match = next(filter(None, (form.fullmatch(flat) for form in _FORMS)), None)
    if match is None:
        return None
    month = int(match["month"]) if match["month"].isdigit() else _NUMBERS.get(match["month"], 0)
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"] == "p" else 0)
    try:
        return datetime(int(match["year"]), month, int(match["day"]), hour, int(match["minute"]))
    except ValueError:
        return None
