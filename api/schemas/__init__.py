"""Shapes of what the API answers, one module per noun; no field has a default.

Whatever is unknown is there as null, so that a reader can tell "not known" from "not sent".
"""
