from django.apps import AppConfig


class TextsConfig(AppConfig):
    name = "tracker.texts"

    def ready(self) -> None:
        from tracker.ledger.polling import further
        from tracker.texts.polling import poll_texts

        further.add(poll_texts)
