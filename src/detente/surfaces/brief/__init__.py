"""The brief as one self-contained page: no script, no request, every figure with its evidence."""

from detente.surfaces.brief.page import render_page, write_page

__all__ = ["render_page", "write_page"]
