# The Italian of the comments on a record.

comment = Commento
attach-files = Allega file
comment-deleted = Commento eliminato
comment-saved = Commento salvato
comments = Commenti
earlier-comments = Commenti precedenti
edit-the-comment = Modifica il commento
edited = modificato
and-a-name-tells-that-person = Con @ e un nome avvisi quella persona
people-to-name = Persone da nominare
post-the-comment = Commenta
write-a-comment = Scrivi un commento
who-wrote-a-comment = { $who } ha scritto un commento
who-changed-a-comment = { $who } ha modificato un commento
who-deleted-a-comment = { $who } ha eliminato un commento
write-something-first = Scrivi prima qualcosa.
the-comment-is-longer-than-most-characters = Il commento supera i { $most } caratteri.
a-comment-has-most-files-at-most = Un commento ha al massimo { $most } file.
only-who-wrote-a-comment-changes-it = Un commento lo cambia solo chi l'ha scritto.
