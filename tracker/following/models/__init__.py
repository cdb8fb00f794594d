"""Who is told, and what became of it. One file a subject, all names exported here."""

from tracker.following.models.deliveries import Cursor, Delivery, Mailing
from tracker.following.models.followers import CORRECTIONS, MUTABLE, Follow, Follower, new_secret
from tracker.following.models.webhooks import Attempt, Call, Endpoint

__all__ = [
    "CORRECTIONS",
    "MUTABLE",
    "Attempt",
    "Call",
    "Cursor",
    "Delivery",
    "Endpoint",
    "Follow",
    "Follower",
    "Mailing",
    "new_secret",
]
