from django.apps import AppConfig


class OperateConfig(AppConfig):
    name = "tracker.operate"
