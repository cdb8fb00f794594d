from django.apps import AppConfig


class TextsConfig(AppConfig):
    name = "tracker.texts"

    def ready(self) -> None:
        from tracker.ledger import further_rebuild
        from tracker.ledger.polling import further
        from tracker.texts import rebuilding
        from tracker.texts.polling import poll_texts

        further.add(poll_texts)
        further_rebuild.add(rebuilding.TEXTS)
        further_rebuild.add(rebuilding.KIN)
