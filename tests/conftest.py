"""How properties are tested: the same cases at every run, whatever the speed of the machine."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "kronik", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("kronik")
