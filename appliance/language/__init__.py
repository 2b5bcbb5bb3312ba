"""Every sentence and label that a person reads, by key; English first.

How it works. Whoever has something to say makes a `Text`: a key of the catalogue and named values, such as
`Text("refused.busy", who="Anna")`. A `Text` is a plain value: it stands in the room's state, in an intent or in a
mistake of the configuration, it can be compared, and it belongs to no language. Whoever shows it, the display, a page
or a report, asks a `Language` to say it.

The one source is `offhook.pot`: for each sentence its key (msgctxt), its English (msgid, and msgid_plural where a
number decides), and for translators where it is shown and how wide it may be. `make docs` writes `english.py` from it,
a plain mapping, so that English needs no file, no parser and no search when a room starts. Other languages are
gettext catalogues beside it (`ru.po`) that `pybabel init` and `pybabel update` make from the same file, and that
`make docs` compiles to what is read at run time (`ru.mo`), so that no room and no build needs Babel. Whatever one of
them lacks is said in English. `languages.py` knows which there are.

A key that does not exist, or a value that is missing, is a mistake of ours: the tests make it an error, and a running
room shows the key or leaves the gap in braces. Nothing here raises in a room.

Not in the catalogue: help and output of the command line for technicians, log lines, errors that programs get from
`appliance.terminal`, and what `drivers` says of its own configuration, since it knows nothing of the appliance.
"""
