from django.apps import AppConfig


class PressConfig(AppConfig):
    name = "tracker.press"
