"""Addresses of entries at the desk, below /desk/entries/."""

from __future__ import annotations

from django.urls import path

from tracker.desk.views import entries, entry_edit, entry_merge, entry_new, entry_page, entry_steps

urlpatterns = [
    path("", entries.listed, name="entries"),
    path("bulk/", entries.bulk, name="entries-bulk"),
    path("new/", entry_new.new, name="entry-new"),
    path("<int:number>/", entry_page.read, name="entry"),
    path("<int:number>/compare/", entry_page.compared, name="entry-compare"),
    path("<int:number>/check/", entry_page.checked, name="entry-check"),
    path("<int:number>/edit/", entry_edit.edit, name="entry-edit"),
    path("<int:number>/preview/", entry_edit.preview, name="entry-preview"),
    path("<int:number>/autosave/", entry_edit.autosave, name="entry-autosave"),
    path("<int:number>/merge/", entry_merge.merge, name="entry-merge"),
    path("<int:number>/ask/", entry_steps.ask, name="entry-ask"),
    path("<int:number>/take-back/", entry_steps.take_back, name="entry-take-back"),
    path("<int:number>/send-back/", entry_steps.send_back, name="entry-send-back"),
    path("<int:number>/note/", entry_steps.note, name="entry-note"),
    path("<int:number>/publish/", entry_steps.publish, name="entry-publish"),
    path("<int:number>/withdraw/", entry_steps.withdraw, name="entry-withdraw"),
    path("<int:number>/confirm/", entry_steps.confirm, name="entry-confirm"),
]
