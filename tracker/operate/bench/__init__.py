"""`make bench`: what loading, polling and pages cost, each beside the least code that does the same work, in one run.

A floor is no product: it keeps no events, checks nothing and shows nothing. The ratio to it says what the rest costs, and
moves far less between machines than seconds do.
"""
