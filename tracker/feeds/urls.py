"""Addresses of feeds and of the calendar. They stand after those of the pages, which name the converters used here."""

from __future__ import annotations

from django.urls import path

from tracker.feeds import views

urlpatterns = [
    path("feeds/changes.atom", views.everything, name="feed"),
    path("measures/changes.atom", views.measures, name="measures-feed"),
    path("measures/<congress:congress>/<type:type>/<number:number>/changes.atom", views.measure),
    path("members/<bioguide:bioguide>/changes.atom", views.member),
    path("committees/<committee:code>/changes.atom", views.committee),
    path("topics/<slug:slug>/changes.atom", views.topic),
    path("calendar.ics", views.calendar, name="calendar"),
]
