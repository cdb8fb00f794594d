"""Topics: the desk's own order of measures, beside the official subjects."""

from __future__ import annotations

from django.db import models

from tracker.desk.models.accounts import User


class TopicQuerySet(models.QuerySet["Topic"]):
    def public(self) -> TopicQuerySet:
        """Those that readers see, in the desk's order."""
        return self.filter(is_public=True).order_by("position", "id")


class Topic(models.Model):
    """A subject that the desk follows. `rule` is a query string of the list of measures (`q=ashraf&type=sres`) that proposes."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120, unique=True)
    description = models.TextField(blank=True)  # Markdown
    rule = models.TextField(blank=True)
    position = models.IntegerField(default=0)
    is_public = models.BooleanField(default=False)
    changed_at = models.DateTimeField()  # raised by whatever its page shows: its own words and its measures

    objects = TopicQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["position", "id"], name="topic_in_order")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/topics/{self.slug}/"


class TopicMeasure(models.Model):
    """A measure in a topic, or one that was proposed for it and refused, so that it is not proposed again."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="measures")
    measure = models.ForeignKey("ledger.Measure", models.DO_NOTHING, related_name="+")
    refused = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "measure"], name="once_in_a_topic")]
        indexes = [models.Index(fields=["measure", "topic"], name="topics_of_measure")]

    def __str__(self) -> str:
        return f"{self.measure_id} in topic {self.topic_id}"
