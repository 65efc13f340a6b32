"""The field's standard tables: CAMEO, PLOVER, acts, issues, actors and offices by date.

Tables are data files with their edition and source; code here only reads them.
"""
