"""The desk app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the app under its short label."""

    name = "recruitadvisor.desk"
    label = "desk"
