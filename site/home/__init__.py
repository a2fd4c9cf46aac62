"""The front door: home page, content pages, navigation, jobs, health."""
