"""The official record and its history: what the database holds. One file a subject, all names exported here."""

from tracker.ledger.models.documents import Document
from tracker.ledger.models.events import ChangeEvent
from tracker.ledger.models.measures import Measure, measure_key, measure_pk
from tracker.ledger.models.parts import (
    Action,
    Amendment,
    CommitteeActivity,
    CommitteeReferral,
    Cosponsorship,
    Law,
    RecordedVote,
    Relation,
    Sponsorship,
    Subject,
    Summary,
    TextVersion,
    Title,
)
from tracker.ledger.models.people import Committee, CommitteeSeat, Member
from tracker.ledger.models.polling import Batch, DueFetch, Folder, Source, SourceFile, UnknownPart
from tracker.ledger.models.search import SearchEntry
from tracker.ledger.models.votes import Position, RollCall, VoteFile, roll_call_identity, roll_call_pk

__all__ = [
    "Action",
    "Amendment",
    "Batch",
    "ChangeEvent",
    "Committee",
    "CommitteeActivity",
    "CommitteeReferral",
    "CommitteeSeat",
    "Cosponsorship",
    "Document",
    "DueFetch",
    "Folder",
    "Law",
    "Measure",
    "Member",
    "Position",
    "RecordedVote",
    "Relation",
    "RollCall",
    "SearchEntry",
    "Source",
    "SourceFile",
    "Sponsorship",
    "Subject",
    "Summary",
    "TextVersion",
    "Title",
    "UnknownPart",
    "VoteFile",
    "measure_key",
    "measure_pk",
    "roll_call_identity",
    "roll_call_pk",
]
