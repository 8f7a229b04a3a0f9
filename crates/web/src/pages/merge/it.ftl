# The Italian of merging records.

a-record-is-not-merged-with-itself = Una scheda non si unisce a se stessa.
all-of-them = Tutti
at-most-count-records-are-merged-at-once = Si uniscono al massimo { $count } schede alla volta.
choose-at-least-two-records-to-merge = Scegli almeno due schede da unire.
count-what = { $count } { $what }
it-is-not-there-any-more = Non c'è più
it-was-merged-into-title = È stata unita a { $title }
keep-this-one = Tieni questa
linked-to-them-what = Collegati a loro: { $what }.
merge = Unisci
merge-count-records-into-one = Unisci { $count } schede in una
merge-them = Unisci
one-of-them-stays-what-the-others-have-and-it-has-not-is-taken-over-everything-that-points-to-them-will-point-to-it-and-their-addresses-lead-to-it-they-lie-in-the-trash-and-it-can-all-be-undone = Una resta. Prende quello che le altre hanno e a lei manca, tutto ciò che è collegato alle altre passa a lei, e i loro indirizzi portano qui. Le altre vanno nel cestino, e si può annullare tutto.
one-stands-under-other-they-are-not-one-if-they-are-all-the-same-take-that-link-away-first = { $one } fa parte di { $other }: non sono la stessa scheda. Se lo sono davvero, togli prima quel legame.
only-records-of-one-kind-are-merged = Si uniscono solo schede dello stesso tipo.
since-day = dal { $day }
the-records-side-by-side = Le schede una accanto all'altra
they-say-the-same-everywhere = Dicono tutte la stessa cosa.
this-one-stays = Questa resta
tick-the-records-that-are-one-all-that-match-are-too-many-to-look-at = Spunta le schede che sono la stessa: tutte quelle trovate sono troppe da guardare.
title-is-in-the-trash-restore-it-first = { $title } è nel cestino: prima ripristinala.
title-is-one-now = { $title } ora è una sola
users-and-teams-are-not-merged = Utenti e squadre non si uniscono.
who-merged-others-into-this = { $who } ha unito altre schede a questa
who-merged-records-this-is-linked-to = { $who } ha unito schede collegate a questa
who-merged-this-into-another = { $who } ha unito questa a un'altra
