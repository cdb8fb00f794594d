from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "tracker.desk"

    def ready(self) -> None:
        from tracker.desk.public_topics import PublicTopics
        from tracker.ledger.filters import topics_from

        topics_from(PublicTopics())
