"""What the desk holds. One file a subject, all names exported here."""

from tracker.desk.models.accounts import User
from tracker.desk.models.acts import Act
from tracker.desk.models.articles import ArticleCheck, CitedMeasure, MovedClaim
from tracker.desk.models.by_hand import (
    Difference,
    HandEntered,
    HandEnteredPublication,
    HandEnteredRevision,
)
from tracker.desk.models.care import Care, OutgoingMail, SavedList, Seen
from tracker.desk.models.entries import Entry, Kind, Publication, Review, Revision, UnsavedWords
from tracker.desk.models.topics import Topic, TopicMeasure

__all__ = [
    "Act",
    "ArticleCheck",
    "Care",
    "CitedMeasure",
    "Difference",
    "Entry",
    "HandEntered",
    "HandEnteredPublication",
    "HandEnteredRevision",
    "Kind",
    "MovedClaim",
    "OutgoingMail",
    "Publication",
    "Review",
    "Revision",
    "SavedList",
    "Seen",
    "Topic",
    "TopicMeasure",
    "UnsavedWords",
    "User",
]
