"""Addresses of the public pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from tracker.pages import converters
from tracker.pages.views import (
    changes,
    check,
    committees,
    elsewhere,
    embed,
    entries,
    follow,
    home,
    measure,
    measures,
    members,
    redirects,
    related,
    sources,
    supporters,
    texts,
    topics,
    votes,
)

converters.register()

MEASURE = "measures/<congress:congress>/<type:type>/<number:number>/"
VOTE = "votes/<congress:congress>/<chamber:chamber>/"
CONGRESS_GOV = "bill/<nth:nth>-congress/<form:form>/<number:number>"

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("measures/", measures.measures, name="measures"),
    path("measures/elsewhere/", elsewhere.listed, name="elsewhere"),
    path("measures/elsewhere/<slug:slug>/", elsewhere.one),
    path("changes/", changes.changes, name="changes"),
    path("changes/entries/", entries.log, name="entries-log"),
    path("entries/<number:number>/", entries.entry, name="published-entry"),
    path("search", redirects.search, name="search"),
    path("search/", redirects.search),
    path("<congress:congress>/<type:type>/<number:number>", redirects.measure),
    path("<congress:congress>/<type:type>/<number:number>/", redirects.measure),
    path(CONGRESS_GOV, redirects.congress_gov),
    path(f"{CONGRESS_GOV}/", redirects.congress_gov),
    path(f"{CONGRESS_GOV}/<path:rest>", redirects.congress_gov),
    path(MEASURE, measure.overview, name="measure"),
    path(f"{MEASURE}actions/", measure.actions),
    path("embed/<congress:congress>/<type:type>/<number:number>/", embed.card, name="embed"),
    path(f"{MEASURE}amendments/", measure.amendments),
    path(f"{MEASURE}changes/", measure.changes),
    path(f"{MEASURE}coalition/", supporters.coalition),
    path(f"{MEASURE}coalition.csv", supporters.coalition_csv),
    path(f"{MEASURE}related/", related.related),
    path(f"{MEASURE}sponsors/", supporters.sponsors),
    path(f"{MEASURE}text/", texts.text),
    path(f"{MEASURE}text/compare/", texts.compare),
    path(f"{MEASURE}votes/", measure.votes),
    path("members/", members.members, name="members"),
    path("members/<bioguide:bioguide>/", members.member, name="member"),
    path("members/<bioguide:bioguide>/votes/", votes.member_votes, name="member-votes"),
    path("committees/", committees.committees, name="committees"),
    path("committees/<committee:code>/", committees.committee, name="committee"),
    path("topics/", topics.topics, name="topics"),
    path("topics/<slug:slug>/", topics.topic, name="topic"),
    path("check/", check.article, name="check"),
    path("sources/", sources.sources, name="sources"),
    path("follow/", follow.follow, name="follow"),
    path("follow/<slug:secret>/", follow.manage, name="follow-manage"),
    path("follow/<slug:secret>/confirm/<int:number>/", follow.confirm, name="follow-confirm"),
    path("follow/<slug:secret>/leave/", follow.leave, name="follow-leave"),
    path("follow/<slug:secret>/data.json", follow.mine, name="follow-data"),
    path("follow/<slug:secret>/<int:number>/", follow.change, name="follow-change"),
    path("votes/", votes.votes, name="votes"),
    path("votes/rules/", votes.rules, name="vote-rules"),
    path(f"{VOTE}<year:year>/<number:number>/", votes.vote, name="vote"),
    path(f"{VOTE}<session:session>/<number:number>/", votes.session_redirect),
]
