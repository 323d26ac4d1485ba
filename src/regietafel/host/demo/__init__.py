"""The fictional region that fills every screen, loaded through the same services as real work."""

from regietafel.host.demo.loading import load

__all__ = ["load"]
