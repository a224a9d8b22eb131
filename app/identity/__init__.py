"""Who is there: customers by a mailed link, staff by password and a second factor, programs by a token.

A person signs in and gets a session row on the server; the browser holds only its name, and signing out ends the row.
`access` says for every route who may use it; `current` knows who asks. Sign-in links work once and end; tokens
have scopes.
"""
