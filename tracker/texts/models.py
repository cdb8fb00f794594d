"""Which published texts are held and which are due: the database is the queue, the broker only rings."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q


class MeasureTextQuerySet(models.QuerySet["MeasureText"]):
    def held(self, as_of: datetime | None = None) -> MeasureTextQuerySet:
        """Texts that are held, or were by this moment."""
        found = self.filter(state=MeasureText.State.HELD)
        return found if as_of is None else found.filter(held_at__lte=as_of)

    def wanted(self, now: datetime) -> MeasureTextQuerySet:
        """Not held, and to be asked for by now."""
        return self.exclude(state=MeasureText.State.HELD).filter(due_at__lte=now)

    def ready(self, now: datetime) -> MeasureTextQuerySet:
        """Wanted, and in no hands that may still be at it."""
        return self.wanted(now).filter(Q(leased_until=None) | Q(leased_until__lte=now))


class MeasureText(models.Model):
    """One published version of a measure's text, from when its record lists it. The words are in its document.

    A row lives as long as the record has listed the version once: what a record takes back was printed all the same.
    """

    class State(models.TextChoices):
        DUE = "due"  # not asked for yet, or the source did not answer
        HELD = "held"
        ABSENT = "absent"  # the source does not have it (404); asked for again, ever more rarely
        UNREADABLE = "unreadable"  # what came is no text of a measure; not kept, asked for again

    measure = models.ForeignKey("ledger.Measure", models.DO_NOTHING, related_name="+", db_index=False)
    version = models.CharField(max_length=16)  # "is", "ats", "eh1s"
    package = models.TextField(unique=True)  # "BILLS-119sres145is"
    on = models.DateField(null=True)  # as the record dates it; null: it does not (enrolled texts)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    document = models.ForeignKey("ledger.Document", models.DO_NOTHING, null=True, related_name="+")
    held_at = models.DateTimeField(null=True)  # when this tracker got it: what `as_of` asks
    format = models.CharField(max_length=10, default="")  # bill-dtd, uslm, plain
    word_count = models.IntegerField(default=0)
    clause_count = models.IntegerField(default=0)

    seen_at = models.DateTimeField()  # when the record first listed it here
    asked_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)  # answers in a row that did not bring it
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=40, null=True)
    error = models.TextField(null=True)  # one line: why it is not held

    objects = MeasureTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "version"], name="one_row_a_version"),
        ]
        indexes = [
            # what is to be asked for, oldest first; held ones are never looked through
            models.Index(fields=["due_at"], name="text_due", condition=~Q(state="held")),
        ]

    def __str__(self) -> str:
        return self.package


class Cursor(models.Model):
    """How far in the ledger a reader of this room has come."""

    name = models.CharField(max_length=20, primary_key=True)
    event = models.BigIntegerField(default=0)  # the last one worked off
    swept_at = models.DateTimeField(null=True)  # when all measures were last looked through, events or not


class KinText(models.Model):
    """One measure among those that are compared with each other, by the furthest text held of it, or by its title alone."""

    measure = models.OneToOneField("ledger.Measure", models.DO_NOTHING, primary_key=True, related_name="+")
    document = models.ForeignKey(
        "ledger.Document", models.DO_NOTHING, null=True, related_name="+"
    )  # null: none is held
    texts = models.IntegerField()  # held of the measure when it was read: with more it is read again
    read_at = models.DateTimeField()
    compared_at = models.DateTimeField(null=True)  # null: its kin are still to be looked for

    class Meta:
        indexes = [
            models.Index(fields=["read_at"], name="kin_due", condition=Q(compared_at=None)),
        ]


class KinMark(models.Model):
    """One of the runs of words by which a text is found among others: at most 160 a text (`kin.marks`), 9 a title, one for each name of a bill."""

    mark = models.BigIntegerField()
    measure = models.ForeignKey("ledger.Measure", models.DO_NOTHING, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mark", "measure"], name="one_mark_a_text")]


class KinWord(models.Model):
    """In how many of the texts that are compared a word stands."""

    word = models.CharField(max_length=80, primary_key=True)
    texts = models.IntegerField()


class KinQuerySet(models.QuerySet["Kin"]):
    def of(self, *measure_pks: int) -> KinQuerySet:
        """All pairs that any of these measures is in, refused ones too."""
        return self.filter(Q(first_id__in=measure_pks) | Q(second_id__in=measure_pks))

    def shown(self) -> KinQuerySet:
        """What pages show: pairs that staff did not refuse."""
        return self.exclude(state=Kin.State.REFUSED)


class Kin(models.Model):
    """Two measures of which one says what the other says, found by comparing texts: no official record relates them so.

    `first` was introduced first. Derived from the texts, but for `state`, which staff may settle and no rebuild undoes.
    """

    class Kind(models.TextChoices):
        AGAIN = "again"  # the same in another Congress
        COMPANION = "companion"  # the same in the other chamber of the same Congress
        TWIN = "twin"  # the same in the same chamber and Congress
        TITLE = (
            "title"  # by a title in common, or the sponsor and much of it; the text is rewritten or not held
        )
        PARAGRAPH = "paragraph"  # some clauses are the same, the rest is not

    class State(models.TextChoices):
        FOUND = "found"
        CONFIRMED = "confirmed"
        REFUSED = "refused"

    first = models.ForeignKey("ledger.Measure", models.DO_NOTHING, related_name="+")
    second = models.ForeignKey("ledger.Measure", models.DO_NOTHING, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    score = models.IntegerField()  # hundredths of the fuller text's weight that stand in the other
    evidence = models.JSONField()  # `kinship.evidence_of`
    found_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.FOUND)
    settled_at = models.DateTimeField(null=True)  # who settled it is in the desk's acts, under kin/<id>

    objects = KinQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="one_row_a_pair")]

    def __str__(self) -> str:
        return f"{self.first_id} {self.kind} {self.second_id}"

    @property
    def is_whole(self) -> bool:
        """Whether the one is the other again, not only in a paragraph: by its text, or by sponsor and title."""
        return self.kind != self.Kind.PARAGRAPH
