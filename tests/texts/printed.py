"""Published texts of our own making, in the dresses that GovInfo and GPO print them in."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

RECITALS = (
    "Whereas rivers cross the borders of several States;",
    "Whereas those who live beside them have kept their banks for two hundred years; and",
    "Whereas clean water is owed to whoever comes after: Now, therefore, be it",
)
PARAGRAPHS = (
    "honors those who keep the banks;",
    "calls on the States to mend what floods have broken; and",
    "asks that this be done within 5 years.",
)
CHAPEAU = "That it is the sense of the Senate that the Senate—"


def bill_dtd(
    recitals: Sequence[str] = RECITALS,
    paragraphs: Sequence[str] = PARAGRAPHS,
    *,
    chapeau: str = CHAPEAU,
    number: int = 145,
    body: str | None = None,
    doctype: str = '<!DOCTYPE resolution PUBLIC "-//US Congress//DTDs/res.dtd//EN" "res.dtd">',
) -> bytes:
    """A Senate resolution as GovInfo's BILLS XML has it. `body` replaces the resolving part."""
    said = "".join(f"<whereas><text>{escape(each)}</text></whereas>" for each in recitals)
    marked = "".join(
        f'<paragraph id="ID{place}"><enum>({place})</enum><text>{escape(each)}</text></paragraph>'
        for place, each in enumerate(paragraphs, 1)
    )
    section = f'<section section-type="undesignated-section"><enum/><text>{escape(chapeau)}</text>{marked}</section>'
    return (
        f'<?xml version="1.0"?>\n<?xml-stylesheet type="text/xsl" href="billres.xsl"?>\n{doctype}\n'
        '<resolution resolution-type="senate-resolution" resolution-stage="Introduced-in-Senate">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dublinCore><dc:title>not the text</dc:title></dublinCore></metadata>'
        '<form><distribution-code display="yes">III</distribution-code><congress display="yes">119th CONGRESS</congress>'
        f"<session>1st Session</session><legis-num>S. RES. {number}</legis-num>"
        "<current-chamber>IN THE SENATE OF THE UNITED STATES</current-chamber>"
        '<action><action-date date="20250327">March 27, 2025</action-date><action-desc><sponsor name-id="S384">Mr. Tillis</sponsor>'
        ' (for himself and <cosponsor name-id="S324">Mrs. Shaheen</cosponsor>) submitted the following resolution; which was'
        ' referred to the <committee-name committee-id="SSFR00">Committee on Foreign Relations</committee-name></action-desc></action>'
        "<legis-type>RESOLUTION</legis-type><official-title>Honoring those who keep the banks of rivers.</official-title></form>"
        f"<preamble>{said}</preamble><resolution-body>{body or section}</resolution-body>"
        "<attestation><attestation-group><attestor>Secretary.</attestor></attestation-group></attestation></resolution>"
    ).encode()


def uslm(recitals: Sequence[str] = RECITALS, paragraphs: Sequence[str] = PARAGRAPHS) -> bytes:
    """The same resolution as USLM has it."""
    said = "".join(f"<recital>{escape(each)}</recital>\n" for each in recitals)
    marked = "".join(
        f'<paragraph class="indent1"><num value="{place}">({place}) </num><content>{escape(each)}</content></paragraph>\n'
        for place, each in enumerate(paragraphs, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><resolution xmlns="http://schemas.gpo.gov/xml/uslm" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><meta><dc:title>not the text</dc:title></meta>'
        '<preface><slugLine>•SRES 145 IS</slugLine><congress value="119">119th CONGRESS</congress><session value="1">1st Session</session>'
        "<dc:type>S. RES. </dc:type><docNumber>145</docNumber><currentChamber>IN THE SENATE OF THE UNITED STATES</currentChamber>"
        '<action><date date="2025-03-27"><inline class="smallCaps">March </inline>27, 2025</date><actionDescription>'
        '<sponsor senateId="S384">Mr. <inline class="smallCaps">Tillis</inline></sponsor> (for himself and '
        '<cosponsor senateId="S324">Mrs. <inline class="smallCaps">Shaheen</inline></cosponsor>) submitted the following '
        'resolution; which was referred to the <committee committeeId="SSFR00">Committee on Foreign Relations</committee>'
        "</actionDescription></action></preface>"
        "<main><longTitle><docTitle>RESOLUTION</docTitle><officialTitle>Honoring those who keep the banks of rivers."
        f"</officialTitle></longTitle><preamble>{said}<resolvingClause><i>Resolved, </i></resolvingClause></preamble>"
        f'<section class="inline"><chapeau class="inline">{escape(CHAPEAU)}</chapeau>{marked}</section></main>'
        "<endMarker>○</endMarker></resolution>"
    ).encode()


PLAIN = b"""<html><body><pre>
[Congressional Bills 119th Congress]
[From the U.S. Government Publishing Office]
[S. Res. 145 Introduced in Senate (IS)]

&lt;DOC&gt;

119th CONGRESS
  1st Session
                               S. RES. 145

      Honoring those who keep the banks of rivers.

_______________________________________________________________________

                   IN THE SENATE OF THE UNITED STATES

                             March 27, 2025

Mr. Tillis (for himself and Mrs. Shaheen) submitted the following
  resolution; which was referred to the Committee on Foreign Relations

_______________________________________________________________________

                               RESOLUTION

          Honoring those who keep the banks of rivers.

Whereas rivers cross the borders of several States;
Whereas those who live beside them have kept their banks for two
        hundred years; and
Whereas clean water is owed to whoever comes after: Now, therefore, be
        it
    Resolved, That it is the sense of the Senate that the Senate--
            (1) honors those who keep the banks;
            (2) calls on the States to mend what floods have broken;
        and
            (3) asks that this be done within 5 years.
                                 &lt;all&gt;
</pre></body></html>
"""
