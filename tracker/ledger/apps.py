from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "tracker.ledger"
    verbose_name = "Official record"
