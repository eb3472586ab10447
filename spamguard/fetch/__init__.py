"""Asks a site for its pages as browsers, crawlers and visitors from a search do, and tells what only some are sent.

The one room that opens connections to where the operator says; httpx is needed here and nowhere else.
"""
