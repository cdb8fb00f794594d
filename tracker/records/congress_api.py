"""The Congress.gov API's JSON → `MeasureRecord`. One document is a bundle of the measure's parts, as the client collects it.

`{"bill": {…}, "actions": […], "cosponsors": […], "committees": […], "subjects": {…}, "summaries": […], "titles": […],
"textVersions": […], "relatedBills": […], "amendments": […]}`: the item of the measure, and of each part the items of
all its pages, under the names that the API gives them.
"""
