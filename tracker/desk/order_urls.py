"""Addresses of the desk's front page, and of what keeps its order: measures, topics, lists."""

from __future__ import annotations

from django.urls import path

from tracker.desk.views import (
    articles,
    front,
    kin,
    lists,
    measure_bulk,
    measure_page,
    measures,
    topics,
    unsettled,
)

MEASURE = "measures/<int:congress>/<str:type>/<int:number>/"

urlpatterns = [
    path("", front.front, name="desk"),
    path("unsettled/", unsettled.unsettled, name="unsettled"),
    path("kin/", kin.listed, name="desk-kin"),
    path("kin/<int:pk>/", kin.settle, name="desk-kin-settle"),
    path("try-again/", unsettled.try_again, name="try-again"),
    path("outgrown/", front.outgrown_entries, name="desk-outgrown"),
    path("articles/", articles.listed, name="desk-articles"),
    path("articles/settle/", articles.settle, name="desk-articles-settle"),
    path("seen/", measure_page.mark_seen, name="desk-seen"),
    path("open/", measures.quick_open, name="desk-open"),
    path("measures/", measures.listed, name="desk-measures"),
    path("measures/bulk/", measure_bulk.bulk, name="desk-measures-bulk"),
    path(MEASURE, measure_page.measure, name="desk-measure"),
    path(f"{MEASURE}care/", measure_page.keep, name="desk-measure-care"),
    path(f"{MEASURE}topics/", measure_page.put_in_topics, name="desk-measure-topics"),
    path("topics/", topics.listed, name="desk-topics"),
    path("topics/make/", topics.make, name="desk-topic-make"),
    path("topics/<int:pk>/", topics.topic, name="desk-topic"),
    path("topics/<int:pk>/change/", topics.change, name="desk-topic-change"),
    path("topics/<int:pk>/move/", topics.move, name="desk-topic-move"),
    path("topics/<int:pk>/decide/", topics.decide, name="desk-topic-decide"),
    path("topics/<int:pk>/delete/", topics.delete, name="desk-topic-delete"),
    path("lists/", lists.listed, name="desk-lists"),
    path("lists/new/", lists.new, name="desk-list-new"),
    path("lists/<int:pk>/", lists.change, name="desk-list"),
]
