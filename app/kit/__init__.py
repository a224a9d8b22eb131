"""The toolbox: what every domain needs and what knows no domain.

`db` remembers, `bus` tells, `once` answers a repeated request with the same answer, `clock` knows the time,
`errors` refuses politely, `forms`, `i18n`, `headers` and `pages` speak with the browser.
"""
