"""Reports on paper: PDF by ReportLab, without Qt, so that the command line makes them too. What they tell comes from
`records.table` and `records.reports`, and so from published attempts alone.

The same attempts and the same given date make the same bytes.
"""
