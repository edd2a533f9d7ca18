"""The headings of a roster: which column holds what, in the languages in which platforms write them."""

from __future__ import annotations

import re
import unicodedata

# without their capitals, accents, spaces and signs: English, German, French, Spanish, Italian, Portuguese, Dutch
_HEADINGS = {
    "name": """
        name fullname student studentname studentfullname displayname sortablename
        vollstandigername nom nomcomplet nombre nombrecompleto nome nomecompleto naam volledigenaam
    """,
    "first": """
        first firstname given givenname forename
        vorname vornamen prenom prenoms nombres primeironome voornaam
    """,
    "last": """
        last lastname surname familyname
        nachname familienname nomdefamille apellido apellidos primerapellido cognome sobrenome apelido achternaam
    """,
    "id": """
        id sid studentid studentnumber studentno sisuserid sisid idnumber orgdefinedid identifier
        matrikelnummer matrikelnr matrnr idnummer numero numeroetudiant numerodetudiant numerodidentification ine
        matricula numerodematricula numerodeid numeroid matricola numeromatricola numerodiidentificazione studentnummer
    """,
    "login": """
        login loginid sisloginid username user userid netid eid account githubusername github
        benutzername kennung anmeldename identifiant usuario nombredeusuario nomeutente nomedeusuario gebruikersnaam
    """,
    "email": """
        email emailaddress mail
        emailadresse mailadresse courriel adressecourriel adressedecourriel adressemail adresseemail adresseelectronique
        correo correoelectronico direcciondecorreo indirizzoemail enderecodeemail emailadres mailadres
    """,
    "group": """
        group groups groupname team teamname
        gruppe gruppen gruppenname groupe groupes grupo grupos gruppo gruppi groep groepen
    """,
    "extension": "extension extensions extensiondays extensionindays extradays daysextension",
    # of Moodle's worksheet for grading
    "submitted": "lastmodifiedsubmission",
}
_FIELDS = {heading: field for field, headings in _HEADINGS.items() for heading in headings.split()}
# what is the last name where another column has the first, and what is the first where another has the last
_PARTS = (("last", "first", ("name", "nom", "naam")), ("first", "last", ("nombre", "nome")))
# by which a roster tells who is who
WHO = {"name", "last", "id", "login", "email"}
_APOSTROPHES = "'’‘ʼ`´"


def fields_of(headings: list[str]) -> list[str]:
    """What each column holds, or "" where its heading says nothing here.

    Example:

    >>> fields_of(["Nom", "Prénom", "Section"]), fields_of(["Nom", "ID"])
    (['last', 'first', ''], ['name', 'id'])
    """
    bare = [plain(heading) for heading in headings]
    fields = [_FIELDS.get(heading, "") for heading in bare]
    for part, rest, may_be in _PARTS:
        if rest in fields and part not in fields:
            fields = [part if heading in may_be else field for heading, field in zip(bare, fields, strict=True)]
    return fields


def words(name: str) -> list[str]:
    """The words of a name without capitals, accents and apostrophes.

    Example:

    >>> words("Müller-Doe, José"), words("O'Brien")
    (['muller', 'doe', 'jose'], ['obrien'])
    """
    decomposed = unicodedata.normalize("NFKD", name)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter) and letter not in _APOSTROPHES)
    return re.findall(r"[^\W_]+", bare.casefold())


def plain(text: str) -> str:
    """All words of a text in one."""
    return "".join(words(text))
