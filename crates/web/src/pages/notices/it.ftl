# The Italian of what one is told.

notifications = Avvisi
notifications-count-new = { $count ->
    [one] Avvisi: { $count } nuovo
   *[other] Avvisi: { $count } nuovi
}
all-notifications = Tutti gli avvisi
earlier-notifications = Avvisi precedenti
how-i-am-told = Come mi avvisa
mark-all-as-read = Segna tutto come letto
mark-as-read = Segna come letto
new = Nuovo
nothing-yet-what-happens-to-what-is-yours-is-told-here = Ancora niente: qui leggi che cosa succede a ciò che è tuo.
bell = Campanella
somebody-puts-me-in-charge = Qualcuno mi assegna una scheda
somebody-changes-what-is-in-my-charge = Qualcuno modifica ciò che ho in carico
somebody-names-me-in-a-comment = Qualcuno mi nomina in un commento
somebody-comments-on-what-is-mine-or-where-i-commented = Qualcuno commenta ciò che ho in carico, o dove ho commentato
my-import-or-change-of-many-has-ended = La mia importazione, o modifica di molte schede, è finita
my-import-or-change-of-many-stopped-before-its-end = La mia importazione, o modifica di molte schede, si è fermata prima della fine
who-put-you-in-charge-of-title = { $who } ti ha assegnato { $title }
who-put-you-in-charge-of-count-records = { $who } ti ha assegnato { $count } schede
who-moved-title-to-the-trash = { $who } ha spostato nel cestino { $title }
who-took-title-out-of-the-trash = { $who } ha tolto dal cestino { $title }
who-merged-title-with-others = { $who } ha unito { $title } con altre
who-took-back-a-change-of-title = { $who } ha annullato una modifica di { $title }
who-changed-title = { $who } ha modificato { $title }
who-changed-count-records-in-your-charge = { $who } ha modificato { $count } schede che hai in carico
who-named-you-in-a-comment-on-title = { $who } ti ha nominato in un commento su { $title }
who-commented-on-title = { $who } ha commentato { $title }
your-import-of-name-has-ended = L'importazione di { $name } è finita
your-change-of-many-records-has-ended = La modifica di molte schede è finita
your-import-of-name-stopped-before-its-end = L'importazione di { $name } si è fermata prima della fine
your-change-of-many-records-stopped-before-its-end = La modifica di molte schede si è fermata prima della fine
