"""Documents as they came: the proof under every line of a page, and what `rebuild` reads."""

from __future__ import annotations

import hashlib
import zlib

from django.db import models


class Document(models.Model):
    """What a source sent, once per distinct content. Append-only: the database refuses to change or delete a row."""

    class Format(models.TextChoices):
        BILLSTATUS = "billstatus-xml", "GovInfo BILLSTATUS XML"
        CONGRESS_API = "congress-api-json", "Congress.gov API, the parts of one bill"
        STARTER = "starter-json", "Whereas starter record"
        LEGISLATORS = "legislators-yaml", "congress-legislators YAML"
        STAFF = "staff-json", "measure entered by hand, as the staff wrote it"
        BILL_TEXT = "bill-text", "published text of a measure: bill DTD, USLM or plain"
        HOUSE_VOTE = "house-vote-xml", "Clerk of the House, roll call XML"
        SENATE_VOTE = "senate-vote-xml", "Senate, roll call XML"

    sha256 = models.CharField(max_length=64, primary_key=True)
    source = models.CharField(max_length=20)
    format = models.CharField(max_length=20, choices=Format.choices)
    url = models.TextField()
    measure_id = models.BigIntegerField(null=True)  # null: not of one measure (members, committees)
    fetched_at = models.DateTimeField()
    updated_at = models.TextField(null=True)  # the source's own updateDate, as written
    packed = models.BinaryField()

    class Meta:
        indexes = [
            # `rebuild` and `audit` walk the documents of a measure in the order they came
            models.Index(fields=["measure_id", "fetched_at"], name="document_of_measure"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.url} {self.sha256[:12]}"

    @property
    def body(self) -> bytes:
        """The bytes as they came."""
        return zlib.decompress(self.packed)

    @staticmethod
    def pack(body: bytes) -> bytes:
        return zlib.compress(body, 3)

    @staticmethod
    def digest(body: bytes) -> str:
        return hashlib.sha256(body).hexdigest()
